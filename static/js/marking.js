/* Saves a mark when its fields are left, keeps what could not be sent, and moves on by keyboard. */
(() => {
  "use strict";
  const form = document.querySelector("form.sheet[data-save]");
  if (!form || !form.querySelector("textarea")) return;
  const fieldsets = [...form.querySelectorAll("fieldset")].filter((fieldset) => fieldset.querySelector("textarea"));
  const words = (fieldset) => ["points-", "reason-"].map((name) => fieldset.querySelector(`[name^="${name}"]`));
  const said = (fieldset) => words(fieldset).map((field) => field.value).join("\u0000");
  const known = new Map(fieldsets.map((fieldset) => [fieldset, said(fieldset)]));
  const waiting = new Set();
  let sending = Promise.resolve();
  let unsent = 0;
  let held = false;

  const tell = (fieldset, text) => { fieldset.querySelector(".saved").textContent = text; };
  const dirty = () => fieldsets.filter((fieldset) => said(fieldset) !== known.get(fieldset));

  const send = async (fieldset) => {
    const now = said(fieldset);
    if (now === known.get(fieldset)) return;
    const data = new FormData();
    data.set("csrf_token", form.elements.csrf_token.value);
    for (const field of fieldset.querySelectorAll("[name]")) data.set(field.name, field.value);
    let answer;
    try {
      const response = await fetch(form.dataset.save, {
        method: "POST", body: data, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(10000),
      });
      answer = await response.json();
    } catch {
      waiting.add(fieldset);
      tell(fieldset, form.dataset.lost);
      return;
    }
    waiting.delete(fieldset);
    if (answer.refused) { tell(fieldset, answer.refused); return; }
    const key = fieldset.querySelector('[name^="seen-"]').name.slice(5);
    const faults = answer.faults[key] || {};
    for (const name of ["points", "reason"]) {
      const field = fieldset.querySelector(`[name="${name}-${key}"]`);
      fieldset.querySelector(`#wrong-${name}-${CSS.escape(key)}`).textContent = faults[name] || "";
      if (faults[name]) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
    }
    if (answer.conflicts.includes(key)) { tell(fieldset, form.dataset.other); return; }
    if (Object.keys(faults).length) { tell(fieldset, ""); return; }
    fieldset.querySelector('[name^="seen-"]').value = answer.revisions[key];
    known.set(fieldset, now);
    tell(fieldset, form.dataset.saved);
  };
  const queue = (fieldset) => {
    unsent += 1;
    sending = sending.then(() => send(fieldset)).finally(() => { unsent -= 1; });
    return sending;
  };

  for (const fieldset of fieldsets) {
    fieldset.addEventListener("focusout", (event) => {
      if (!fieldset.contains(event.relatedTarget) && words(fieldset).every((field) => field.value.trim())) queue(fieldset);
    });
  }
  window.addEventListener("online", () => [...waiting].forEach(queue));
  let leaving = false;
  // A sheet sent while one of its marks is still being saved would contradict what that save has just changed.
  form.addEventListener("submit", (event) => {
    leaving = true;
    if (!unsent) return;
    event.preventDefault();
    if (held) return;
    held = true;
    const go = () => { held = false; form.requestSubmit(event.submitter); };
    sending.then(go, go);
  });
  window.addEventListener("beforeunload", (event) => { if (!leaving && dirty().length) event.preventDefault(); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.querySelector('button[name="to"]').click();
    }
  });
})();
