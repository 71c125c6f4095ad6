// Comfort, never need: every page works without this file.
import { initAll } from "./vendor/govuk-frontend.min.js"

document.body.classList.add("js-enabled", "govuk-frontend-supported")
initAll()

// A driver who folds the time away does not want it back on the next question.
for (const details of document.querySelectorAll("details[data-keep]")) {
  const name = `quiz-${details.dataset.keep}`
  if (sessionStorage.getItem(name) === "folded") details.open = false
  details.addEventListener("toggle", () => sessionStorage.setItem(name, details.open ? "open" : "folded"))
}

// A choice that waited to be sent belongs to the test: outside it nothing of it stays in the browser.
if (!location.pathname.startsWith("/test/")) {
  const left = name => name.startsWith("quiz-pending-") || name.startsWith("quiz-count-")
  try {
    for (const store of [sessionStorage, localStorage]) Object.keys(store).filter(left).forEach(name => store.removeItem(name))
  } catch { /* storage is switched off */ }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false
  button.addEventListener("click", () => window.print())
}
