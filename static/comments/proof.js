/* Calculates, where the site asks for it, a number that makes so many leading zero bits with the token of the form. */

const form = document.querySelector("form[data-proof-bits]");

async function solve(token, bits) {
  const encoder = new TextEncoder();
  for (let number = 0; ; number += 1) {
    const digest = await crypto.subtle.digest("SHA-256", encoder.encode(`${token}:${number}`));
    if (new DataView(digest).getUint32(0) >>> (32 - bits) === 0) return String(number);
  }
}

// Without a secure context there is nothing to calculate with: then a moderator looks more closely, that is all.
if (form && globalThis.crypto?.subtle) {
  const field = form.elements.proof;
  const status = form.querySelector("[data-working]");
  const solved = solve(form.elements.token.value, Number(form.dataset.proofBits)).then((number) => {
    field.value = number;
  });
  let waits = false;
  form.addEventListener("submit", (event) => {
    if (field.value) return;
    event.preventDefault();
    if (waits) return;
    waits = true;
    status.textContent = status.dataset.working;
    solved.then(() => form.requestSubmit());
  });
}
