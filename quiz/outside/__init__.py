"""The network: mail servers and services that send letters for us."""
