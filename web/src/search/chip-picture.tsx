// The tiny picture on a chip, or what stands in for one that is gone.
import { useQuery } from "@tanstack/react-query";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import type { Term } from "../query.ts";
import classes from "./chip.module.css";

const text = messages.search;
const NOT_FOUND = 404;

type ChipPictureProps = {
  readonly term: Term;
  readonly isGone: boolean;
  readonly onGone: () => void;
};

export function ChipPicture({ term, isGone, onGone }: ChipPictureProps) {
  const { client } = usePortal();
  const src = usePictureUrl(term);

  // The server may only be away: it has to say that the picture is not there.
  async function onError(): Promise<void> {
    if (term.kind !== "like") return onGone();
    const error = await client.input(term.inputId).catch((thrown: unknown) => thrown);
    if ((error as { httpStatus?: number }).httpStatus === NOT_FOUND) onGone();
  }

  if (isGone) {
    return (
      <span className={classes.gone}>
        <Icon name="alert" sizePx={16} />
        {text.gone}
      </span>
    );
  }
  if (src === undefined) {
    return (
      <span className={classes.name}>
        {term.kind === "url" ? hostOf(term.url) : <Icon name="images" sizePx={16} />}
      </span>
    );
  }
  return (
    <img
      className={classes.thumbnail}
      src={src}
      alt={text.image}
      draggable={false}
      onError={() => void onError()}
    />
  );
}

/** A picture elsewhere comes from our server, which fetches it: the page loads nothing from other servers. */
function usePictureUrl(term: Term): string | undefined {
  const { client } = usePortal();
  const url = term.kind === "url" ? term.url : undefined;
  const { data: example } = useQuery({
    queryKey: ["example-of", url],
    queryFn: ({ signal }) => client.addExample(url ?? "", { signal }),
    enabled: url !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  switch (term.kind) {
    case "like":
      return client.thumbnailUrl(term.inputId);
    case "example":
      return client.exampleUrl(term.exampleId);
    default:
      return example && client.exampleUrl(example.id);
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
