// Images without a label of the concept that it is least sure of: a yes or a no to each is an example for the next training.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { InputSuggestion } from "../../../src/client/concepts.ts";
import { Icon } from "../icon.tsx";
import { models as modelsText } from "../messages/models.ts";
import { usePortal } from "../portal.ts";
import { toPercentText } from "./percent-text.ts";
import classes from "./suggestions.module.css";

const text = modelsText.dialog;
const SHOWN = 12;

/** Whether an input shows the concept; undefined takes the answer back. */
type Answer = { readonly id: string; readonly shows: boolean | undefined };

type SuggestionsProps = {
  readonly name: string;
  /** Of the version, or whatever changes when others are to be shown. */
  readonly versionId: string;
  readonly onAnswers: (count: number) => void;
};

export function Suggestions({ name, versionId, onAnswers }: SuggestionsProps) {
  const { client } = usePortal();
  const [answers, setAnswers] = useState<ReadonlyMap<string, boolean>>(new Map());
  const { data, error } = useQuery({
    queryKey: ["suggestions", name, versionId],
    queryFn: ({ signal }) => client.inputSuggestions(name, SHOWN, { signal }),
    staleTime: "static", // what was answered stays in sight
    gcTime: 0,
  });
  const { mutate, error: refusal } = useMutation({
    // One after the other: a yes and a no to one image must not overtake each other.
    scope: { id: "answers" },
    mutationFn: ({ id, shows }: Answer) =>
      client.changeInputs({ ids: [id] }, { kind: "labels", ...toChange(name, shows) }),
    onMutate: keep,
    onError: (_, { id }) => keep({ id, shows: undefined }),
  });

  useEffect(() => onAnswers(answers.size), [onAnswers, answers.size]);

  function keep({ id, shows }: Answer): void {
    setAnswers((known) => {
      const next = new Map(known);
      if (shows === undefined) next.delete(id);
      else next.set(id, shows);
      return next;
    });
  }

  const failure = error ?? refusal;
  if (failure) return <p className={classes.failure}>{failure.message}</p>;
  if (data?.length === 0) return <p className={classes.hint}>{text.noSuggestions}</p>;
  return (
    <section className={classes.suggestions} aria-label={text.suggestions(name)}>
      <h3 dir="auto">{text.suggestions(name)}</h3>
      <p>{text.suggestionsHint}</p>
      <ul>
        {(data ?? Array.from({ length: SHOWN }, () => undefined)).map((input, index) => (
          <li key={input?.id ?? index} data-testid={input && "suggestion"} data-id={input?.id}>
            {input && (
              <Suggestion
                input={input}
                thumbnailUrl={client.thumbnailUrl(input.id)}
                index={index + 1}
                shows={answers.get(input.id)}
                onAnswer={(shows) => mutate({ id: input.id, shows })}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

type SuggestionProps = {
  readonly input: InputSuggestion;
  readonly thumbnailUrl: string;
  readonly index: number;
  readonly shows: boolean | undefined;
  readonly onAnswer: (shows: boolean | undefined) => void;
};

function Suggestion({ input, thumbnailUrl, index, shows, onAnswer }: SuggestionProps) {
  return (
    <>
      <img src={thumbnailUrl} alt="" title={toPercentText(input.value)} decoding="async" />
      <div className={classes.answers}>
        <button
          type="button"
          data-answer="yes"
          aria-label={text.yes(index)}
          aria-pressed={shows === true}
          onClick={() => onAnswer(shows === true ? undefined : true)}
        >
          <Icon name="check" sizePx={18} />
        </button>
        <button
          type="button"
          data-answer="no"
          aria-label={text.no(index)}
          aria-pressed={shows === false}
          onClick={() => onAnswer(shows === false ? undefined : false)}
        >
          <Icon name="close" sizePx={18} />
        </button>
      </div>
    </>
  );
}

function toChange(name: string, shows: boolean | undefined) {
  if (shows === undefined) return { remove: [name] };
  return shows ? { add: [name] } : { add_absent: [name] };
}
