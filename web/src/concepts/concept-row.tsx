// One of the app's concepts: its name, whether a model knows it, how many examples it has and what they look like.
import { Menu } from "@mantine/core";
import type { OwnConcept } from "../../../src/client/concepts.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { concepts as text } from "../messages/concepts.ts";
import { usePortal } from "../portal.ts";
import { toAgeText, toDateText } from "../quantities.ts";
import { ofConcept } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import { ConceptCounts } from "./concept-counts.tsx";
import { ConceptDot } from "./concept-dot.tsx";
import classes from "./concept-list.module.css";
import { labelledWith } from "./inputs-link.tsx";
import type { ConceptTask } from "./own-concepts.tsx";

const EXAMPLES = 4;

type ConceptRowProps = {
  readonly concept: OwnConcept;
  readonly isChosen: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onOpen: () => void;
  readonly onTask: (task: ConceptTask) => void;
};

export function ConceptRow(props: ConceptRowProps) {
  const { concept, isChosen, isOpen, onToggle, onOpen, onTask } = props;
  const { client } = usePortal();
  const { name, examples, isTrained, createdAt } = concept;
  return (
    <>
      <label className={classes.check}>
        <input
          type="checkbox"
          aria-label={text.select(name)}
          checked={isChosen}
          onChange={onToggle}
        />
      </label>
      <button type="button" className={classes.open} aria-expanded={isOpen} onClick={onOpen}>
        <ConceptDot isTrained={isTrained} />
        <span className={classes.words}>
          <b dir="auto" title={name}>
            {name}
          </b>
          <ConceptCounts positives={concept.positives} negatives={concept.negatives} />
        </span>
        <span className={classes.thumbnails}>
          {Array.from({ length: EXAMPLES }, (_, i) => examples[i]).map((id, i) =>
            id === undefined ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: empty places are all the same.
              <span key={i} />
            ) : (
              <img key={id} src={client.thumbnailUrl(id)} alt="" loading="lazy" decoding="async" />
            ),
          )}
        </span>
        <time dateTime={createdAt.toISOString()} title={toDateText(createdAt)}>
          {toAgeText(createdAt, Date.now())}
        </time>
      </button>
      <RowMenu name={name} onTask={onTask} />
    </>
  );
}

function RowMenu({
  name,
  onTask,
}: {
  readonly name: string;
  readonly onTask: (task: ConceptTask) => void;
}) {
  const { search } = useSearch();
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <IconButton icon="more" label={text.actions(name)} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => search(ofConcept(name))}>{text.search}</Menu.Item>
        <Menu.Item onClick={() => search(labelledWith(name))}>{text.examples}</Menu.Item>
        <Menu.Item onClick={() => onTask("train")}>{text.train}</Menu.Item>
        <Menu.Item onClick={() => onTask("rename")}>{text.rename}</Menu.Item>
        <Menu.Item color="red" onClick={() => onTask("delete")}>
          {text.delete}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
