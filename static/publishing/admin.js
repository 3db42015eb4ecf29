// Names for the search boxes of select2, which takes them for granted when a label stands beside the hidden select.

const labelOf = (select) => {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`)
  return label ? label.textContent.replace(/:\s*$/, "").trim() : select.name
}

const nameBox = (select) => {
  const box = select.nextElementSibling
  if (!box?.classList.contains("select2")) return
  const name = labelOf(select)
  for (const field of box.querySelectorAll(".select2-search__field")) field.setAttribute("aria-label", name)
  for (const list of box.querySelectorAll("ul")) list.setAttribute("role", "presentation")
  const single = box.querySelector(".select2-selection--single")
  if (single) {
    const chosen = single.querySelector(".select2-selection__rendered")?.textContent.replace("×", "").trim()
    single.removeAttribute("aria-labelledby")
    single.setAttribute("aria-label", chosen ? `${name}: ${chosen}` : name)
    single.querySelector("[role=textbox]")?.setAttribute("aria-label", name)
  }
}

const nameAll = (root) => root.querySelectorAll("select.admin-autocomplete").forEach(nameBox)

window.addEventListener("load", () => {
  // After select2's own beginning, which jQuery runs later than the load event on a short page.
  django.jQuery(() => nameAll(document))
  django.jQuery(document)
    .on("change select2:close", "select.admin-autocomplete", (event) => setTimeout(nameBox, 0, event.target))
    .on("select2:open", "select.admin-autocomplete", (event) => {
      document.querySelector(".select2-container--open .select2-search__field")
        ?.setAttribute("aria-label", labelOf(event.target))
    })
})

document.addEventListener("formset:added", (event) => setTimeout(nameAll, 0, event.target))
