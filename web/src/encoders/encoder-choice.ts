// What the server says of its models, their vectors and what runs -> what the page shows of each model.
import {
  BUILT_IN_ENCODER,
  type Encoder,
  type Encoders,
  type VectorSpace,
} from "../../../src/client/encoders.ts";
import type { PacedActivity } from "../activities/pace.ts";
import { encoders as text } from "../messages/encoders.ts";

export type EncoderChoice = {
  readonly encoder: Encoder;
  /** In a folder that the server does not own. */
  readonly isElsewhere: boolean;
  /** Its download, or the change to it, while that runs. */
  readonly work: PacedActivity | undefined;
  /** Why the last try of either failed; "" if it did not. */
  readonly failure: string;
  /** Its vectors, if they are only kept. */
  readonly kept: VectorSpace | undefined;
  /** Pictures that the kept vectors lack. */
  readonly lacking: number;
};

const USES = { current: "in use", building: "on its way", kept: "ready" } as const;

/** The one in use first, then in the order of the server; those of which it has only vectors come last. */
export function toChoices(
  { encoders, spaces }: Encoders,
  activities: readonly PacedActivity[],
): readonly EncoderChoice[] {
  const unlisted = spaces.filter(
    ({ name }, place) =>
      encoders.every(({ id }) => id !== name) &&
      spaces.findIndex((space) => space.name === name) === place,
  );
  const inUse = spaces.find(({ state }) => state === "current");
  const choices = [...encoders, ...unlisted.map(toEncoder)].map((encoder) => {
    // The newest tells what became of it.
    const latest = activities.find((one) => isAbout(one, encoder.id));
    const isFailed = latest?.state === "failed" && encoder.use !== "in use";
    const own = spaces.filter(({ name }) => name === encoder.id);
    const kept = own.find(({ state, vectors }) => state === "kept" && vectors > 0);
    return {
      encoder: {
        ...encoder,
        title: encoder.id === BUILT_IN_ENCODER ? text.builtIn : encoder.title,
        dim: encoder.dim ?? own[0]?.dim ?? null,
      },
      isElsewhere: !encoders.includes(encoder),
      work: latest?.state === "running" ? latest : undefined,
      failure: isFailed ? latest.failure : "",
      kept,
      lacking: Math.max(0, (inUse?.vectors ?? 0) - (kept?.vectors ?? 0)),
    };
  });
  return choices.sort((a, b) => Number(isInUse(b)) - Number(isInUse(a)));
}

export function isInUse({ encoder }: EncoderChoice): boolean {
  return encoder.use === "in use";
}

/** Those that matter at once, and the rest: what could be downloaded, too. */
export function splitChoices(choices: readonly EncoderChoice[]): {
  readonly near: readonly EncoderChoice[];
  readonly far: readonly EncoderChoice[];
} {
  const near = choices.filter(
    (choice) => !isAbsent(choice) || choice.encoder.recommended || choice.work || choice.failure,
  );
  return { near, far: choices.filter((choice) => !near.includes(choice)) };
}

/** The recommended one, where nothing but the built-in one was ever used or downloaded. */
export function toOffer(choices: readonly EncoderChoice[]): EncoderChoice | undefined {
  const isFirst = choices.every((choice) =>
    choice.encoder.id === BUILT_IN_ENCODER ? choice.encoder.use === "in use" : isAbsent(choice),
  );
  return isFirst ? choices.find(({ encoder }) => encoder.recommended) : undefined;
}

/** Its files are on this machine. */
export function isInstalled({ encoder }: EncoderChoice): boolean {
  return encoder.state === "installed" || encoder.state === "built in";
}

function isAbsent({ encoder }: EncoderChoice): boolean {
  return encoder.state === "available" && encoder.use === "none";
}

function isAbout({ kind, about }: PacedActivity, id: string): boolean {
  return (kind === "encoder" || kind === "encoder-download") && about === id;
}

// A model in any folder of the server's machine.
function toEncoder({ name, state, dim }: VectorSpace): Encoder {
  return {
    id: name,
    title: name,
    state: "installed",
    use: USES[state],
    variant: null,
    size_bytes: null,
    is_whole_size: false,
    licence: null,
    languages: null,
    description: text.elsewhere,
    recommended: false,
    dim,
    url: null,
    quality: [],
  };
}
