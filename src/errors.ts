// The one error class, and the one table that says what each code means to gRPC, HTTP, Clarifai's
// clients and the person who reads it. Doors (api, cli, workers) translate; nothing else catches.

/** What an AppError code means outside: gRPC code name, HTTP status, Clarifai status code, who must act. */
type Meaning = {
  readonly grpc:
    | "invalid_argument"
    | "not_found"
    | "already_exists"
    | "unauthenticated"
    | "permission_denied"
    | "resource_exhausted"
    | "failed_precondition"
    | "unimplemented"
    | "unavailable"
    | "internal";
  readonly http: number;
  readonly status: number;
  readonly fault: "caller" | "server";
};

/** Every error code of Semblance. Clarifai's numbers: proto clarifai.api.status.StatusCode. */
export const ERRORS = {
  invalid_request: { grpc: "invalid_argument", http: 400, status: 11102, fault: "caller" },
  bad_format: { grpc: "invalid_argument", http: 400, status: 11100, fault: "caller" },
  invalid_search: { grpc: "invalid_argument", http: 400, status: 40002, fault: "caller" },
  unauthenticated: { grpc: "unauthenticated", http: 401, status: 11008, fault: "caller" },
  forbidden: { grpc: "permission_denied", http: 403, status: 11007, fault: "caller" },
  not_found: { grpc: "not_found", http: 404, status: 11101, fault: "caller" },
  not_indexed: { grpc: "failed_precondition", http: 400, status: 43004, fault: "caller" },
  unimplemented: { grpc: "unimplemented", http: 501, status: 10040, fault: "caller" },
  id_exists: { grpc: "already_exists", http: 400, status: 40010, fault: "caller" },
  concept_exists: { grpc: "already_exists", http: 400, status: 40003, fault: "caller" },
  duplicate_image: { grpc: "already_exists", http: 400, status: 30100, fault: "caller" },
  request_too_large: { grpc: "resource_exhausted", http: 413, status: 11006, fault: "caller" },
  image_too_large: { grpc: "invalid_argument", http: 400, status: 30105, fault: "caller" },
  image_unsupported: { grpc: "invalid_argument", http: 400, status: 30101, fault: "caller" },
  image_unreadable: { grpc: "invalid_argument", http: 400, status: 30300, fault: "caller" },
  url_invalid: { grpc: "invalid_argument", http: 400, status: 30106, fault: "caller" },
  url_unreachable: { grpc: "invalid_argument", http: 400, status: 39996, fault: "caller" },
  duplicate_url: { grpc: "already_exists", http: 400, status: 30100, fault: "caller" },
  untrained: { grpc: "failed_precondition", http: 400, status: 21102, fault: "caller" },
  model_not_found: { grpc: "not_found", http: 404, status: 21200, fault: "caller" },
  model_argument: { grpc: "invalid_argument", http: 400, status: 21202, fault: "caller" },
  invalid_prediction: { grpc: "invalid_argument", http: 400, status: 40001, fault: "caller" },
  input_invalid: { grpc: "invalid_argument", http: 400, status: 30104, fault: "caller" },
  invalid_workflow: { grpc: "invalid_argument", http: 400, status: 22104, fault: "caller" },
  file_unreadable: { grpc: "invalid_argument", http: 400, status: 30002, fault: "caller" },
  archive_unreadable: { grpc: "invalid_argument", http: 400, status: 30300, fault: "caller" },
  model_unavailable: { grpc: "unavailable", http: 503, status: 21200, fault: "server" },
  data_folder_busy: { grpc: "unavailable", http: 503, status: 99009, fault: "caller" },
  disk_full: { grpc: "resource_exhausted", http: 507, status: 99009, fault: "server" },
  cancelled: { grpc: "unavailable", http: 499, status: 10020, fault: "caller" },
  internal: { grpc: "internal", http: 500, status: 99009, fault: "server" },
} as const satisfies Record<string, Meaning>;

export type ErrorCode = keyof typeof ERRORS;

/** An error with a code from `ERRORS`. Message shape: Expected <what> for <name> but received <value>. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Facts for programs: ids, limits, received values. Never secrets. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options.details ?? {};
  }

  /** Any thrown value as an AppError; what is not one becomes "internal" (or disk_full) with its cause kept. */
  static from(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown;
    if (isDiskFull(thrown)) {
      return new AppError(
        "disk_full",
        "Expected free space for the data folder but the disk is full. Free some space, then retry.",
        { cause: thrown },
      );
    }
    if (thrown instanceof Error && thrown.name === "AbortError") {
      return new AppError("cancelled", "The caller did not wait for the answer.", {
        cause: thrown,
      });
    }
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new AppError("internal", message, { cause: thrown });
  }
}

// Node reports ENOSPC; SQLite reports SQLITE_FULL ("database or disk is full").
function isDiskFull(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return ("code" in thrown && thrown.code === "ENOSPC") || /disk is full/.test(thrown.message);
}
