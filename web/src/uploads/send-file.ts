// One file -> POST /uploads. XMLHttpRequest because fetch does not report upload progress.
import type { Client } from "../../../src/client/client.ts";
import { ClientError } from "../../../src/client/client-error.ts";
import { toClientError } from "../../../src/client/connection.ts";
import { toUploadedInputs, type UploadedInput } from "../../../src/client/input.ts";
import type { UploadSettings } from "../../../src/client/inputs.ts";
import { messages } from "../messages.ts";
import type { PickedFile } from "./picked-files.ts";

export type SendFile = (
  picked: PickedFile & { readonly settings: UploadSettings },
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
) => Promise<readonly UploadedInput[]>;

export function createSendFile(client: Client): SendFile {
  return ({ name, file, settings }, onProgress, signal) =>
    new Promise((resolve, reject) => {
      const url = client.uploadUrl(name, settings);
      const request = new XMLHttpRequest();
      request.open("POST", url);
      request.responseType = "json";
      request.setRequestHeader("content-type", "application/octet-stream");
      request.upload.onprogress = ({ loaded }) => onProgress(loaded);
      request.onload = () => {
        if (request.status < 300) resolve(toUploadedInputs(request.response ?? {}));
        else reject(toClientError(request.status, request.response ?? {}));
      };
      request.onerror = () => void toBreak(file, url).then(reject);
      request.onabort = () => reject(signal.reason);
      signal.addEventListener("abort", () => request.abort(), { once: true });
      request.send(file);
    });
}

// A file that was moved or changed since it was chosen breaks the connection just as a server that is away does.
async function toBreak(file: File, url: string): Promise<ClientError> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return ClientError.unreachable(url);
  } catch (cause) {
    return new ClientError(0, messages.uploads.unreadable, UNPROCESSABLE, cause);
  }
}

// So that nobody takes it for a server that is away.
const UNPROCESSABLE = 422;
