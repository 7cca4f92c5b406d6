// The part of Clarifai's JSON that the client reads: snake_case, every field may be absent.
// Source: proto clarifai.api.{Input,Hit,Concept}; uploads, sessions and counts are Semblance's own.

export type WireStatus = {
  readonly code?: number;
  readonly description?: string;
  readonly details?: string;
};

export type WireInput = {
  readonly id: string;
  readonly status?: WireStatus;
  readonly created_at?: string;
  readonly modified_at?: string;
  readonly data?: {
    readonly image?: {
      readonly url?: string;
      /** prefix + "/" + size + "/" + suffix is an address. */
      readonly hosted?: { readonly suffix?: string };
      readonly image_info?: {
        readonly width?: number;
        readonly height?: number;
        readonly format?: string;
      };
    };
    readonly metadata?: Readonly<Record<string, unknown>>;
    readonly concepts?: readonly WireConcept[];
    readonly geo?: {
      readonly geo_point?: { readonly latitude?: number; readonly longitude?: number };
    };
  };
  /** What Clarifai has no field for; only in answers of /semblance/*. */
  readonly semblance?: {
    readonly size_bytes?: number;
    /** ISO 8601; the camera's clock read as UTC. */
    readonly taken_at?: string;
    readonly exif?: Readonly<Record<string, unknown>>;
    /** ThumbHash, base64. */
    readonly blur?: string;
    /** Ids; only of a single input. */
    readonly datasets?: readonly string[];
    /** Of a single input that was read. */
    readonly reading?: WireReading;
  };
};

export type WireReading = {
  readonly lines: readonly {
    readonly text: string;
    readonly corners: readonly { readonly x: number; readonly y: number }[];
    /** 0..1. */
    readonly confidence: number;
  }[];
  /** ISO 639-1. */
  readonly language?: string;
};

export type WireAnnotationsReply = {
  readonly annotations?: readonly {
    /** Who said it: people have a user here, models and workflows their versions. */
    readonly worker?: { readonly user?: unknown };
    readonly data?: {
      readonly concepts?: readonly WireConcept[];
      readonly regions?: readonly WireRegion[];
    };
  }[];
};

type WirePoint = { readonly row?: number; readonly col?: number };

export type WireRegion = {
  readonly id?: string;
  readonly region_info?: {
    readonly bounding_box?: {
      readonly top_row?: number;
      readonly left_col?: number;
      readonly bottom_row?: number;
      readonly right_col?: number;
    };
    readonly polygon?: { readonly points?: readonly WirePoint[] };
    readonly point?: WirePoint;
  };
  readonly data?: {
    readonly concepts?: readonly WireConcept[];
    readonly text?: { readonly raw?: string };
  };
};

export type WireConcept = { readonly id: string; readonly name: string; readonly value?: number };

export type WireCountsReply = {
  readonly counts?: {
    readonly processed?: number;
    readonly processing?: number;
    readonly to_process?: number;
    readonly errors?: number;
  };
};

export type WireUploadReply = {
  readonly inputs?: readonly {
    readonly id?: string;
    readonly name?: string;
    readonly status?: WireStatus;
  }[];
};
