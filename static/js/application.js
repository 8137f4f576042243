// Saves a field of an application when it is left, and says so. Everything works without it, by the buttons.
"use strict";

(() => {
  const form = document.querySelector("form[data-save]");
  if (!form) return;
  const told = form.querySelector(".saved");
  let saving = Promise.resolve();
  let unsaved = 0;
  let held = false;

  const say = (text) => { told.textContent = text; };

  const mark = (box, text) => {
    const error = box.querySelector(".error[id]");
    box.classList.toggle("wrong", text !== "");
    if (error) error.textContent = text;
  };

  const show = (box, answer) => {
    const key = box.dataset.field;
    const seen = box.querySelector(`[name="seen-${key}"]`);
    if (seen && answer.seen[key]) seen.value = answer.seen[key];
    for (const error of box.querySelectorAll(".error[id]")) {
      const name = error.id.replace(/-error$/, "");
      error.textContent = answer.faults[name] || "";
      if (name !== `a-${key}`) error.parentElement.classList.toggle("wrong", error.textContent !== "");
    }
    const own = answer.conflicts[key] || answer.faults[`a-${key}`] || "";
    const cells = Object.keys(answer.faults).some((name) => name.startsWith(`a-${key}-`));
    if (own || !cells) mark(box, own);
    for (const [column, sum] of Object.entries(answer.sums[key] || {})) {
      const place = box.querySelector(`[data-sum="${column}"]`);
      if (place) place.textContent = sum;
    }
    const wrong = box.classList.contains("wrong") || cells;
    say(wrong ? "" : answer.told || told.textContent);
  };

  const send = async (box) => {
    const data = new FormData();
    data.append("csrf_token", form.elements.csrf_token.value);
    for (const input of box.querySelectorAll("input, textarea, select")) {
      const off = (input.type === "radio" || input.type === "checkbox") && !input.checked;
      if (input.name && input.type !== "file" && !off) data.append(input.name, input.value);
    }
    try {
      const response = await fetch(form.dataset.save, {
        method: "POST", body: data, redirect: "error", signal: AbortSignal.timeout(10000),
      });
      const answer = await response.json();
      if (answer.seen) show(box, answer);
      else say(answer.told || form.dataset.failed);
    } catch {
      say(form.dataset.failed);
    }
  };

  form.addEventListener("change", (event) => {
    const box = event.target.closest("[data-field]");
    if (!box || event.target.type === "file") return;
    unsaved += 1;
    saving = saving.then(() => send(box)).finally(() => { unsaved -= 1; }); // one by one: each sends what it saw last
  });

  // A page sent while a field of it is still being saved would contradict what that save has just changed.
  form.addEventListener("submit", (event) => {
    if (!unsaved) return;
    event.preventDefault();
    if (held) return;
    held = true;
    const go = () => { held = false; form.requestSubmit(event.submitter); };
    saving.then(go, go);
  });
})();
