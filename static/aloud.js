// Reads a question aloud with a voice of the device itself. Voices that send the text to somebody else are left alone, so
// no question leaves the device; where there is no English voice, there is no button.
const question = document.querySelector("form.quiz-question")
const speech = window.speechSynthesis

function voice() {
  const own = speech.getVoices().filter(one => one.localService && one.lang.toLowerCase().startsWith("en"))
  return own.find(one => one.lang.toLowerCase().replace("_", "-") === "en-gb") ?? own[0]
}

// In pieces: some browsers fall silent in the middle of a long text.
function pieces() {
  const legend = question.querySelector("legend").innerText.split(/(?<=[.?!])\s+/)
  const hint = [...question.querySelectorAll(".govuk-hint")].map(one => one.innerText)
  const options = [...question.querySelectorAll("[name=choice]")].map((box, n) => `${n + 1}. ${box.labels[0].innerText}`)
  return [...legend, ...hint, ...options].map(words => words.trim()).filter(Boolean)
}

function offer() {
  if (document.querySelector("#listen") || !voice()) return
  const button = document.createElement("button")
  Object.assign(button, { type: "button", id: "listen", className: "quiz-link-button quiz-listen", textContent: "Listen" })
  let reading = 0 // a reading that was stopped may still report its end: it must not silence the next one
  const rest = mine => { if (mine === reading) button.textContent = "Listen" }
  button.addEventListener("click", () => {
    const speaking = button.textContent !== "Listen"
    speech.cancel()
    reading++
    button.textContent = "Listen"
    if (speaking) return
    const mine = reading
    button.textContent = "Stop listening"
    const spoken = pieces().map(words => Object.assign(new SpeechSynthesisUtterance(words), { voice: voice(), lang: "en-GB", rate: 0.95 }))
    spoken.at(-1).addEventListener("end", () => rest(mine))
    for (const one of spoken) {
      one.addEventListener("error", () => rest(mine))
      speech.speak(one)
    }
  })
  question.querySelector(".quiz-where").after(button)
}

if (question && speech) {
  speech.cancel() // what an earlier page was still saying
  offer()
  speech.addEventListener?.("voiceschanged", offer) // some browsers know their voices only later
  window.addEventListener("pagehide", () => speech.cancel())
}
