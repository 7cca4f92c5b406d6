// Runs inside the page, before the Portal: tells portal.bench.ts when something was painted.
{
  const PATIENCE_MS = 3000;
  const marks = {};

  /** Calls back when an element of this kind passes the test; looks at every change of the page. */
  function whenThere(selector, test, done) {
    const look = () => {
      const element = document.querySelector(selector);
      if (!element || !test(element)) return;
      observer.disconnect();
      done();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, attributes: true });
    look();
  }

  /** The next frame, once it is on the screen. */
  function painted(done) {
    requestAnimationFrame(() => setTimeout(done));
  }

  whenThere(
    '[data-testid="search-box"]',
    () => true,
    () =>
      painted(() => {
        marks.usableMs = performance.now();
      }),
  );
  // Not on the window: load events of pictures do not get there.
  document.addEventListener(
    "load",
    ({ target }) => {
      if (!(target instanceof HTMLImageElement) || !target.closest('[data-testid="tile"]')) return;
      painted(() => {
        marks.pictureMs ??= performance.now();
      });
    },
    true,
  );

  window.probes = {
    marks,

    /** Waits for the next key; `keyToPaint` then tells the milliseconds from it until `selector` shows something
     *  else than `before` in `attribute` (its text if there is none). */
    watchKey(selector, attribute, before) {
      const shown = (element) =>
        attribute ? element.getAttribute(attribute) : (element.textContent ?? "");
      window.probes.keyToPaint = new Promise((resolve) => {
        const onKey = ({ timeStamp }) =>
          whenThere(
            selector,
            (element) => shown(element) !== before,
            () => painted(() => resolve(performance.now() - timeStamp)),
          );
        addEventListener("keydown", onKey, { once: true, capture: true });
        setTimeout(() => resolve(Number.NaN), PATIENCE_MS); // it may show the same as before
      });
    },

    /** Scrolls the grid for `seconds`, `pixelsPerSecond` or, without, all the way down; times between frames in ms. */
    scroll(seconds, pixelsPerSecond) {
      const grid = document.querySelector('[data-testid="grid"]');
      const speed = pixelsPerSecond ?? grid.scrollHeight / seconds;
      const frames = [];
      const startMs = performance.now();
      let lastMs = startMs;
      return new Promise((resolve) => {
        const step = () => {
          const nowMs = performance.now();
          frames.push(nowMs - lastMs);
          lastMs = nowMs;
          grid.scrollTop = (speed * (nowMs - startMs)) / 1000;
          if (nowMs - startMs < seconds * 1000) requestAnimationFrame(step);
          else resolve(frames.slice(1));
        };
        requestAnimationFrame(step);
      });
    },
  };
}
