// A failed call, as the caller sees it: Clarifai's status code and a sentence for people.

/** No answer came at all: server down, wrong address, network gone. */
const NO_ANSWER = 0;
// What a proxy in front of a server that is down or starting answers.
const GATEWAY_STATUSES = new Set([502, 503, 504]);

/** Thrown by every function of the client, except for an AbortError of the caller's own signal. */
export class ClientError extends Error {
  /** Clarifai status code (proto clarifai.api.status.StatusCode), 0 if no answer came. */
  readonly code: number;
  /** HTTP status, 0 if no answer came. */
  readonly httpStatus: number;

  constructor(code: number, description: string, httpStatus: number, cause?: unknown) {
    super(description, cause === undefined ? undefined : { cause });
    this.name = "ClientError";
    this.code = code;
    this.httpStatus = httpStatus;
  }

  static unreachable(url: string, cause?: unknown): ClientError {
    const message = `Expected an answer from ${url} but received none. Is Semblance running?`;
    return new ClientError(NO_ANSWER, message, NO_ANSWER, cause);
  }

  get isUnreachable(): boolean {
    // A server that is there says more than a status: it answers with a code.
    const isSilent = this.httpStatus === NO_ANSWER || GATEWAY_STATUSES.has(this.httpStatus);
    return isSilent && this.code === NO_ANSWER;
  }

  get isUnauthenticated(): boolean {
    return this.httpStatus === 401;
  }
}
