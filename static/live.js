// A page that changes while one looks at it fetches its middle again by itself: the list of a test session, the progress
// of long work. Without this file "Look again" does the same.
const EVERY = 10_000 // milliseconds
const place = document.querySelector("#live")

async function look() {
  const held = document.activeElement
  const busy = held instanceof HTMLSelectElement && place.contains(held) // somebody is choosing a document
  if (document.hidden || busy) return
  const answer = await fetch(place.dataset.fetch, { redirect: "error" }).catch(() => null)
  if (!answer || !answer.ok) return
  const chosen = new Map([...place.querySelectorAll("select")].map(one => [one.id, one.value]))
  const focused = place.contains(document.activeElement) ? document.activeElement.id : ""
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  place.replaceChildren(...page.body.childNodes)
  for (const one of place.querySelectorAll("select")) one.value = chosen.get(one.id) ?? one.value
  if (focused) document.getElementById(focused)?.focus()
}

if (place) {
  setInterval(look, Number(place.dataset.every) || EVERY)
  document.addEventListener("visibilitychange", look)
}
