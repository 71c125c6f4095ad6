// Time left: whole minutes, silently, since a ticking clock helps nobody to think. Said aloud at 10, 5 and 1 minutes only.
// The server's clock counts. Between its answers elapsed time is taken from a clock that nobody can set; that one may stand
// still while a phone sleeps, so the server is asked again when the page comes back, or when the two clocks disagree.
const SAID_AT = [10, 5, 1] // minutes
const DISAGREE = 5 // seconds
const KEPT = "quiz-pending-left" // goes with everything else that a test leaves in the browser
const place = document.querySelector("[data-seconds-left]")
const said = document.querySelector("#time-said")

let seconds = 0 // left at the last answer of the server
let steady = 0 // the clock that nobody can set, then, in milliseconds
let wall = 0 // the device's clock, then
let before = 0 // what was left when last looked
let asking = false

const left = () => seconds - (performance.now() - steady) / 1000

function anchor(given) {
  seconds = given
  steady = performance.now()
  wall = Date.now()
}

async function ask() {
  if (asking) return
  asking = true
  const answer = await fetch(place.dataset.ask, { headers: { Accept: "application/json" }, redirect: "error" }).catch(() => null)
  if (answer && answer.ok) anchor((await answer.json()).seconds)
  else wall = Date.now() - (performance.now() - steady) // no answer: count on, and do not ask every few seconds
  asking = false
  show()
}

function words(now) {
  const minutes = Math.ceil(now / 60)
  if (now <= 0) return "Your time is up. Your saved answers count."
  if (now < 60) return "less than 1 minute"
  if (minutes > 120) return `${Math.round(minutes / 60)} hours`
  return minutes === 1 ? "1 minute" : `${minutes} minutes`
}

function show() {
  const now = left()
  place.textContent = words(now)
  if (now > before) said.textContent = "" // more time was given: the same words may have to be said again
  const passed = SAID_AT.filter(minutes => now <= minutes * 60 && before > minutes * 60).pop()
  if (passed && now > 0) said.textContent = passed === 1 ? "1 minute left" : `${passed} minutes left`
  before = now
  try {
    sessionStorage.setItem(KEPT, String(now))
  } catch { /* storage is switched off */ }
}

// What was left when the page before this one last looked: a mark that was passed between two pages is said on this one.
function earlier() {
  try {
    const kept = Number(sessionStorage.getItem(KEPT))
    return kept > left() && kept < left() + 60 ? kept : left()
  } catch {
    return left()
  }
}

async function look() {
  const apart = Math.abs((Date.now() - wall) - (performance.now() - steady)) / 1000
  if (apart > DISAGREE || (left() <= 0 && before > 0)) await ask() // somebody may have given more time
  show()
}

if (place) {
  anchor(Number(place.dataset.secondsLeft))
  before = earlier()
  show()
  setInterval(look, 5000)
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask() })
  window.addEventListener("pageshow", event => { if (event.persisted) ask() })
}
