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

// Whole minutes only, and silently: a ticking clock helps nobody to think.
for (const place of document.querySelectorAll("[data-seconds-left]")) {
  const end = performance.now() + Number(place.dataset.secondsLeft) * 1000
  const show = () => {
    const minutes = Math.ceil((end - performance.now()) / 60000)
    if (minutes < 1) place.textContent = "Your time is up. Your saved answers count."
    else if (minutes === 1) place.textContent = "Less than 1 minute"
    else place.textContent = `${minutes} minutes`
  }
  setInterval(show, 5000)
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false
  button.addEventListener("click", () => window.print())
}
