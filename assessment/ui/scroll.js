// Brings what `target` selects into view, and keeps it there while the page is still drawn around it.
// Whoever scrolls, types or points takes over at once; a newer call ends an older one.
(target) => {
  const STEP = 100; // ms from one look to the next
  const PATIENCE = 150; // looks until it is given up: a busy page looks less often, so no clock is asked
  const QUIET = 30; // looks without a shift until it is left alone
  const over = new AbortController();
  window.broughtIntoView?.abort();
  window.broughtIntoView = over;
  for (const deed of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    window.addEventListener(deed, () => over.abort(), { signal: over.signal, capture: true, passive: true });
  }

  // How far the page has to be scrolled for it: the same wherever the reader has scrolled to meanwhile.
  const distance = (place) => {
    const page = place.closest(".stMain");
    const top = place.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop;
    return Math.min(top, page.scrollHeight - page.clientHeight);
  };

  let left = PATIENCE;
  let before = NaN;
  const look = () => {
    if (over.signal.aborted) return;
    const place = document.querySelector(target);
    if (place && !(Math.abs(distance(place) - before) <= 1)) {
      place.scrollIntoView({ block: "start" });
      before = distance(place);
      left = QUIET;
    }
    if (left-- > 0) setTimeout(look, STEP);
    else over.abort();
  };
  setTimeout(look, STEP / 2);
}
