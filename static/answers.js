// Sends a choice as soon as it is made: the same POST as the button's, only sooner. Nothing here is needed; with it,
// a choice survives a lost network. It says "Saved" only when the server has answered that it kept the choice.
const form = document.querySelector("form.quiz-question")
const state = document.querySelector("#saved")
const here = location.pathname
const pendingName = `quiz-pending-${here}`
const countName = `quiz-count-${here}`
const memory = new Map()
const shared = () => localStorage
const own = () => sessionStorage
const WAITS = [1000, 2000, 4000, 8000, 15000] // milliseconds between tries while there is no network

let sending = false
let dirty = false // something was chosen that the server has not yet kept
let leaving = false // the button was pressed: go on as soon as the choice is kept
let tries = 0
let timer = 0

// A browser that keeps nothing still sends: then the page's own memory has to do.
function write(store, name, text) {
  memory.set(name, text)
  try {
    if (text === null) store().removeItem(name)
    else store().setItem(name, text)
  } catch { /* storage is full or switched off */ }
}

function read(store, name) {
  try {
    return store().getItem(name)
  } catch {
    return memory.get(name) ?? null
  }
}

// Numbers only ever rise, over reloads, tabs and the back button, so that a late answer never beats a newer one.
function next() {
  const seen = Number(read(shared, countName)) || 0
  const number = String(Math.max(Number(form.dataset.sequence), seen, Number(memory.get(countName)) || 0) + 1)
  write(shared, countName, number)
  return number
}

function say(words) {
  if (state.textContent !== words) state.textContent = words
}

function keep() {
  const chosen = [...form.querySelectorAll("[name=choice]:checked")].map(box => box.value)
  const later = form.querySelector("[name=later]").checked
  write(own, pendingName, JSON.stringify({ chosen, later }))
}

// What this tab could not send before it was reloaded or left.
function recall() {
  const kept = JSON.parse(read(own, pendingName) || "null")
  if (!kept) return
  for (const box of form.querySelectorAll("[name=choice]")) box.checked = kept.chosen.includes(box.value)
  form.querySelector("[name=later]").checked = kept.later
  changed()
}

function changed() {
  dirty = true
  keep()
  say("Saving…")
  send()
}

async function send() {
  if (sending) return
  sending = true
  clearTimeout(timer)
  dirty = false
  form.elements.sequence.value = next()
  const body = new URLSearchParams(new FormData(form))
  if (!leaving) body.set("soon", "1")
  let answer = null
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" })
  } catch {
    answer = null
  }
  sending = false
  if (answer && answer.ok) await kept(answer)
  else if (answer && answer.status < 500) refused() // a redirect has the status 0: signed out
  else again()
}

async function kept(answer) {
  const { next: address } = await answer.json()
  tries = 0
  if (dirty) return send()
  write(own, pendingName, null)
  if (leaving && address) location.assign(address)
  else if (leaving) send() // what was sent came from before the button was pressed
  else say("Saved")
}

// The server says no (time is up, sent in, signed out): a page of its own says why, so let the browser ask for it.
function refused() {
  write(own, pendingName, null)
  if (leaving) return form.submit()
  say("Not saved. Press “Save and continue” to see why.")
}

function again() {
  dirty = true
  keep()
  say("Not saved yet - we will keep trying")
  timer = setTimeout(send, WAITS[Math.min(tries++, WAITS.length - 1)])
}

if (form) {
  form.addEventListener("change", changed)
  form.addEventListener("submit", event => {
    event.preventDefault()
    leaving = true
    dirty = true
    keep()
    send()
  })
  window.addEventListener("online", () => { if (dirty) send() })
  window.addEventListener("pageshow", event => { if (event.persisted) { leaving = false; say("") } })
  window.addEventListener("beforeunload", event => { if (dirty && !leaving) event.preventDefault() })
  recall()
}
