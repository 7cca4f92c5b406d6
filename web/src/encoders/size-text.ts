// How large a model is, as far as that is known.
import type { Encoder } from "../../../src/client/encoders.ts";
import { encoders as text } from "../messages/encoders.ts";
import { toSizeText } from "../quantities.ts";

/** "about 789 MB". */
export function toModelSizeText({ size_bytes, is_whole_size }: Encoder): string {
  if (size_bytes === null) return text.sizeUnknown;
  const size = toSizeText(size_bytes);
  return is_whole_size ? size : text.about(size);
}
