"""Pages for machines that watch the service."""
