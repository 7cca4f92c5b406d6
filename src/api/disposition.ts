// A file name from anywhere -> a Content-Disposition header that is safe to send. RFC 6266, RFC 5987.

/** `name` may be a path; only its last part is shown. */
export function toDisposition(kind: "inline" | "attachment", name: string): string {
  const file = lastPart(name);
  if (file === "") return kind;
  // Old clients read filename: plain ASCII without quotes, backslashes and percent signs.
  const ascii = file.replace(/[^\x20-\x7e]|["\\%]/gu, "_");
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${toExtValue(file)}`;
}

function lastPart(name: string): string {
  const file = name.split(/[\\/]/).at(-1) ?? "";
  // Control characters and halves of surrogate pairs have no place in a header or in a file name.
  return file
    .replace(/\p{Cc}/gu, "")
    .replace(/\p{Cs}/gu, "\ufffd")
    .trim();
}

// encodeURIComponent leaves these four alone, RFC 5987 does not allow them.
function toExtValue(text: string): string {
  const percent = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/['()*]/g, percent);
}
