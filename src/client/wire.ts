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
  };
};

export type WireAnnotationsReply = {
  readonly annotations?: readonly {
    readonly data?: { readonly concepts?: readonly WireConcept[] };
  }[];
};

export type WireConcept = { readonly id: string; readonly name: string; readonly value?: number };

export type WireRank = {
  readonly annotation: {
    readonly input_id?: string;
    readonly data?: {
      readonly text?: { readonly raw: string };
      readonly image?: { readonly base64: string };
      readonly concepts?: readonly { readonly name: string; readonly value: number }[];
    };
  };
  readonly negate?: true;
};

/** 64-bit numbers travel as strings: protobuf's JSON. */
export type WireSearchReply = {
  readonly hits?: readonly { readonly score?: number; readonly input: WireInput }[];
  readonly hit_counts?: readonly { readonly estimated_total?: string | number }[];
};

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
