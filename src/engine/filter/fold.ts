// Names as they are compared: concepts are found by name in any case.

/** Upper and lower case, composed and decomposed letters made equal. */
export function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
