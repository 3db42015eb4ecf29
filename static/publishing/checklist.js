// The checklist of a page's form: runs again on what is typed, two seconds after typing stops, and leads to the fields.
// Nothing is saved by it.
{
  const PAUSE = 2000

  // A rich-text editor and a chooser hide the element that bears the id and put a box of their own beside it.
  const boxOf = (target) =>
    target.closest(".prose-editor")?.querySelector(".ProseMirror") ??
    (target.nextElementSibling?.matches(".select2")
      ? target.nextElementSibling.querySelector(".select2-search__field, .select2-selection")
      : null) ??
    target

  const lead = (target) => {
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true
    const box = boxOf(target)
    if (box.matches("h2, h3")) box.tabIndex = -1
    box.scrollIntoView({ block: "center" })
    box.focus({ preventScroll: true })
  }

  // What stays the same about a part of the list when it is made anew.
  const nameOf = (element) =>
    element.matches("summary") ? `fold ${element.parentElement.dataset.key}` : `${element.hash} ${element.textContent}`

  const swap = (findings, html) => {
    const focused = findings.contains(document.activeElement) ? nameOf(document.activeElement) : null
    const open = new Map([...findings.querySelectorAll("details")].map((fold) => [fold.dataset.key, fold.open]))
    findings.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes)
    for (const fold of findings.querySelectorAll("details")) fold.open = open.get(fold.dataset.key) ?? fold.open
    if (focused === null) return
    const same = [...findings.querySelectorAll("summary, a")].find((each) => nameOf(each) === focused)
    ;(same ?? document.getElementById("checks-heading")).focus({ preventScroll: true })
  }

  const watch = (panel, form) => {
    const findings = panel.querySelector(".checklist-findings")
    const status = panel.querySelector(".checklist-status")
    const counts = () => findings.querySelector(".checklist-counts").textContent
    let timer = null
    let running = null

    const say = (words, failed) => {
      if (status.textContent !== words) status.textContent = words
      status.toggleAttribute("data-failed", failed)
    }

    const check = async () => {
      running?.abort()
      const own = new AbortController()
      running = own
      try {
        const answer = await fetch(panel.dataset.address, {
          method: "POST",
          body: new FormData(form),
          signal: own.signal,
        })
        if (!answer.ok || answer.redirected) throw new TypeError(`Answer ${answer.status}`)
        const html = await answer.text()
        if (own.signal.aborted) return
        const before = counts()
        swap(findings, html)
        if (status.hasAttribute("data-failed") || counts() !== before) say(counts(), false)
      } catch (error) {
        if (error.name !== "AbortError") say(panel.dataset.failed, true)
      }
    }

    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(check, PAUSE)
    }
    form.addEventListener("input", later)
    // Choosers tell jQuery alone.
    django.jQuery(form).on("change", later)
  }

  document.addEventListener("DOMContentLoaded", () => {
    const panel = document.querySelector(".checklist")
    if (!panel) return
    panel.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]")
      const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)))
      if (!target) return
      // Following the link could load the page again, and what is typed would be gone.
      event.preventDefault()
      lead(target)
    })
    const form = document.getElementById(panel.dataset.form)
    if (form && panel.dataset.address) watch(panel, form)
  })
}
