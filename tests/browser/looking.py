"""A window that keeps what Chromium complains about, and what it must be possible to see and do on every page."""

from axe_playwright_python.base import AXE_SCRIPT
from bs4 import BeautifulSoup
from playwright.sync_api import ConsoleMessage, Page, Request, Response, expect

from tests.promises import broken

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = "tags => axe.run({runOnly: tags, resultTypes: ['violations']}).then(found => found.violations)"
MOVED_ON = "net::ERR_ABORTED"  # the next page was asked for, or a download began
FINGER = 44  # CSS pixels
PATIENCE = 20_000  # milliseconds; a busy machine is slow, not wrong

# What reaches beyond the right edge, unless a box around it can be scrolled by itself.
TOO_WIDE = """() => {
  const root = document.documentElement
  if (root.scrollWidth <= root.clientWidth) return []
  const reaches = one => one.getBoundingClientRect().right > root.clientWidth
  const wide = [...document.body.querySelectorAll("*")].filter(reaches)
  return [`${root.scrollWidth} > ${root.clientWidth}`, ...wide.map(one => one.outerHTML.slice(0, 120))]
}"""
# The place that answers to a finger: the label of a radio or tick box counts with it.
TOO_LOW = """low => [...document.querySelectorAll("button, [role=button], input:not([type=hidden]), select, textarea")]
  .filter(one => one.checkVisibility() && !one.matches(".quiz-link-button"))
  .map(one => [one, Math.max(...[one, ...(one.labels || [])].map(part => part.getBoundingClientRect().height))])
  .filter(([, height]) => height < low)
  .map(([one, height]) => `${height} px: ${one.outerHTML.slice(0, 120)}`)"""


class Window:
    """One page in a browser of its own, with everything that went wrong in it."""

    def __init__(self, page: Page) -> None:
        self.page, self.complaints = page, []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def open(self, path: str, heading: str) -> None:
        """Go to an address, to be met by that heading."""
        self.page.goto(path)
        self.meets(heading)

    def press(self, words: str) -> None:
        """The button, or the link that looks like one."""
        self.page.get_by_role("button", name=words, exact=True).click()

    def follow(self, words: str) -> None:
        """The link with those words."""
        self.page.get_by_role("link", name=words, exact=True).first.click()

    def meets(self, heading: str) -> None:
        """The one h1 reads so."""
        expect(self.page.locator("h1")).to_have_text([heading], timeout=PATIENCE)
        self.page.wait_for_load_state()

    def keeps_its_promises(self, with_axe: bool = True) -> None:
        """What every page must be, looked at in a real browser."""
        self.page.wait_for_load_state()
        found = [*broken(BeautifulSoup(self.page.content(), "html.parser"))]
        assert not found, f"{self.page.url}: {found}"
        self.fits()
        if with_axe:
            self._axe()

    def fits(self) -> None:
        """Nothing reaches beyond the edge, and whatever is pressed is big enough for a thumb."""
        found = [*self.page.evaluate(TOO_WIDE), *self.page.evaluate(TOO_LOW, FINGER)]
        assert not found, f"{self.page.url}: {found}"

    def _axe(self) -> None:
        self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate(RUN_AXE, WCAG)
        words = [f"{one['id']}: {one['help']} {[node['html'] for node in one['nodes']]}" for one in found]
        assert not words, f"{self.page.url}: {words}"

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium repeats the status of a page that was meant to be an error; those of its parts are kept below.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:")):
            self.complaints.append(f"{self.page.url} asks {request.url}")

    def refused(self) -> list[int]:
        """The answers of the server that a script was refused with, taken off the complaints: the test meant them."""
        found = [one for one in self.complaints if one.rpartition(": ")[2].isdecimal()]
        self.complaints = [one for one in self.complaints if one not in found and "Failed to load resource" not in one]
        return [int(one.rpartition(": ")[2]) for one in found]

    def _failed(self, request: Request) -> None:
        if request.failure != MOVED_ON:
            self.complaints.append(f"{request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"{response.url}: {response.status}")
