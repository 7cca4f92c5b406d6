// Thumbnails for the canvas: loaded when they are first asked for, the latest few hundred kept.

const KEPT = 400;
const AT_ONCE = 12;

export class ThumbnailImages {
  readonly #images = new Map<string, HTMLImageElement>();
  readonly #toUrl: (id: string) => string;
  readonly #onLoad: () => void;

  constructor(toUrl: (id: string) => string, onLoad: () => void) {
    this.#toUrl = toUrl;
    this.#onLoad = onLoad;
  }

  /** Undefined until it is there; `onLoad` says when to ask again. */
  get(id: string): HTMLImageElement | undefined {
    const known = this.#images.get(id);
    if (known) return known.complete && known.naturalWidth > 0 ? known : undefined;
    if (this.#loading() < AT_ONCE) this.#load(id);
    return undefined;
  }

  #load(id: string): void {
    const image = new Image();
    image.decoding = "async";
    image.onload = this.#onLoad;
    image.onerror = this.#onLoad; // it stays broken, and the next one gets its turn
    image.src = this.#toUrl(id);
    this.#images.set(id, image);
    const [oldest] = this.#images.keys();
    if (this.#images.size > KEPT && oldest !== undefined) this.#images.delete(oldest);
  }

  #loading(): number {
    let count = 0;
    for (const image of this.#images.values()) if (!image.complete) count++;
    return count;
  }
}
