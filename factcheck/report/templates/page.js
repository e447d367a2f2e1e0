"use strict";
(() => {
  const claims = [...document.querySelectorAll("article.claim")];
  const tools = document.getElementById("tools");
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const none = document.getElementById("none");
  if (!tools) return;
  const chips = [...tools.querySelectorAll("button[data-filter]")];
  let filter = "all";
  let texts = null;
  let pending = 0;
  let current = -1;
  tools.hidden = false;

  // Nobody types accents or curly quotation marks into a search field.
  const fold = (text) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(/[‘’]/g, "'")
      .replace(/[“”]/g, '"')
      .toLowerCase();

  // Texts are folded on the first search, so that opening a long report stays quick.
  const textOf = (index) => {
    texts ??= claims.map(() => null);
    texts[index] ??= fold(claims[index].textContent);
    return texts[index];
  };

  const fits = (claim) =>
    filter === "all" ||
    (filter === "attention" ? claim.hasAttribute("data-attention") : claim.dataset.label === filter);

  const apply = () => {
    pending = 0;
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    claims.forEach((claim, index) => {
      const show = fits(claim) && words.every((word) => textOf(index).includes(word));
      if (claim.hidden === show) claim.hidden = !show;
      if (show) count += 1;
    });
    for (const chip of chips) {
      chip.setAttribute("aria-pressed", String(chip.dataset.filter === filter));
    }
    none.hidden = count > 0;
    shown.textContent =
      count === claims.length
        ? `All ${count.toLocaleString("en")} claims shown`
        : `${count.toLocaleString("en")} of ${claims.length.toLocaleString("en")} claims shown`;
  };

  const schedule = () => {
    if (!pending) pending = requestAnimationFrame(apply);
  };

  const choose = (name) => {
    const chip = chips.find((item) => item.dataset.filter === name);
    if (!chip || chip.disabled) return;
    filter = filter === name ? "all" : name;
    apply();
  };

  const move = (step) => {
    let next = current;
    do next += step;
    while (next >= 0 && next < claims.length && claims[next].hidden);
    if (next < 0 || next >= claims.length) return;
    current = next;
    claims[next].focus({ preventScroll: true });
    claims[next].scrollIntoView({ block: "start" });
  };

  // Opens everything in the claim, or closes it when something is open already.
  const toggleContext = () => {
    if (current < 0) return;
    const parts = [...claims[current].querySelectorAll("details")];
    const open = !parts.some((part) => part.open);
    for (const part of parts) part.open = open;
  };

  for (const chip of chips) chip.addEventListener("click", () => choose(chip.dataset.filter));
  search.addEventListener("input", schedule);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    search.value = "";
    search.blur();
    schedule();
  });
  document.addEventListener("focusin", (event) => {
    const claim = event.target.closest?.("article.claim");
    if (claim) current = claims.indexOf(claim);
  });

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    o: toggleContext,
    "/": () => search.focus(),
    0: () => { filter = "all"; apply(); },
    1: () => choose("supported"),
    2: () => choose("contested"),
    3: () => choose("unsupported"),
    4: () => choose("failed"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    if (!action) return;
    event.preventDefault();
    action();
  });

  // Paper has nothing to click: open every detail, and put them back afterwards.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const part of closed) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of closed) part.open = false;
    closed = [];
  });

  apply();
})();
