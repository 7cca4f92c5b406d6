// A ThumbHash -> an address of the blurred picture, to stand where a thumbnail is still loading.
import { thumbHashToDataURL } from "thumbhash";

const KEPT = 600;
const known = new Map<string, string>();

/** @param blur base64; "" gives undefined */
export function toBlurUrl(blur: string): string | undefined {
  if (blur === "") return undefined;
  const url = known.get(blur) ?? decode(blur);
  // The latest ones stay: a map keeps the order in which they came.
  known.delete(blur);
  known.set(blur, url);
  const [oldest] = known.keys();
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
  return url;
}

function decode(blur: string): string {
  return thumbHashToDataURL(Uint8Array.from(atob(blur), (letter) => letter.charCodeAt(0)));
}
