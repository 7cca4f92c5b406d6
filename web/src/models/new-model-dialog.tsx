// A model of several concepts, with all that can be set about one.
import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { models as text } from "../messages/models.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING } from "../query.ts";
import { ConceptPicker } from "./concept-picker.tsx";
import { NegativesChoice } from "./negatives-choice.tsx";
import classes from "./train-dialog.module.css";
import { MODELS_KEY } from "./use-models.ts";

const NAME_MAX = 48;

export function NewModelDialog({ onClose }: { readonly onClose: () => void }) {
  const { appId, client, queryClient } = usePortal();
  const navigate = useNavigate();
  const isPhone = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [dataset, setDataset] = useState("");
  const [isExclusive, setIsExclusive] = useState(false);
  const [isLabelledOnly, setIsLabelledOnly] = useState(false);
  const datasets = useQuery({
    queryKey: ["datasets"],
    queryFn: ({ signal }) => client.datasets({ signal }),
  });
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => {
      const concepts = [...chosen].map((id) => ({ id }));
      const setup = { name: name.trim(), concepts, isExclusive, isLabelledOnly };
      const modelId = await client.createModel(setup);
      await client.trainModel(modelId, dataset || undefined);
      return modelId;
    },
    onSuccess: async (modelId) => {
      void queryClient.invalidateQueries({ queryKey: MODELS_KEY });
      onClose();
      const search = { query: EVERYTHING };
      const to = "/apps/$appId/models/$modelId";
      await navigate({ to, params: { appId, modelId }, search });
    },
  });

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    mutate();
  }

  return (
    <Modal
      opened
      centered
      size="lg"
      fullScreen={isPhone}
      title={text.create}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
    >
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.hint}>{text.newHint}</p>
        <TextInput
          data-autofocus
          label={text.name}
          dir="auto"
          autoComplete="off"
          maxLength={NAME_MAX}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <ConceptPicker chosen={chosen} onChange={setChosen} />
        <NativeSelect
          label={text.dataset}
          data={[
            { value: "", label: text.everything },
            ...(datasets.data ?? []).map((one) => ({ value: one.id, label: one.name })),
          ]}
          value={dataset}
          onChange={({ currentTarget }) => setDataset(currentTarget.value)}
        />
        <NegativesChoice isLabelledOnly={isLabelledOnly} onChange={setIsLabelledOnly} />
        <div className={classes.choice}>
          <label>
            <input
              type="checkbox"
              checked={isExclusive}
              onChange={({ currentTarget }) => setIsExclusive(currentTarget.checked)}
            />
            <span>
              {text.exclusive}
              <small>{text.exclusiveHint}</small>
            </span>
          </label>
        </div>
        {error && <p className={classes.failure}>{error.message}</p>}
        <Button
          type="submit"
          fullWidth
          loading={isPending}
          disabled={name.trim() === "" || chosen.size === 0}
        >
          {text.createAndTrain}
        </Button>
      </form>
    </Modal>
  );
}
