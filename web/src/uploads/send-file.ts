// One file -> POST /uploads. XMLHttpRequest because fetch does not report upload progress.
import type { Client } from "../../../src/client/client.ts";
import { ClientError } from "../../../src/client/client-error.ts";
import { toClientError } from "../../../src/client/connection.ts";
import { toUploadedInputs, type UploadedInput } from "../../../src/client/input.ts";
import type { PickedFile } from "./picked-files.ts";

export type SendFile = (
  picked: PickedFile,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
) => Promise<readonly UploadedInput[]>;

export function createSendFile(client: Client): SendFile {
  return ({ name, file }, onProgress, signal) =>
    new Promise((resolve, reject) => {
      const url = client.uploadUrl(name);
      const request = new XMLHttpRequest();
      request.open("POST", url);
      request.responseType = "json";
      request.setRequestHeader("content-type", "application/octet-stream");
      request.upload.onprogress = ({ loaded }) => onProgress(loaded);
      request.onload = () => {
        if (request.status < 300) resolve(toUploadedInputs(request.response ?? {}));
        else reject(toClientError(request.status, request.response ?? {}));
      };
      request.onerror = () => reject(ClientError.unreachable(url));
      request.onabort = () => reject(signal.reason);
      signal.addEventListener("abort", () => request.abort(), { once: true });
      request.send(file);
    });
}
