// In which order the results stand.
import { Menu } from "@mantine/core";
import type { Order } from "../../../src/client/search.ts";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { isRanked, type Query } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import classes from "./toolbar.module.css";

const text = messages.results;

/** The orders that make a difference: where nothing ranks, "relevance" is newest first. */
function ordersOf(query: Query): readonly Order[] {
  return isRanked(query)
    ? ["relevance", "newest", "oldest", "taken"]
    : ["newest", "oldest", "taken"];
}

function orderOf(query: Query): Order {
  return query.order === "relevance" && !isRanked(query) ? "newest" : query.order;
}

/** "newest" is what one has anyway where nothing ranks, and needs no word in the address. */
function withOrder(query: Query, order: Order): Query {
  return { ...query, order: order === "newest" && !isRanked(query) ? "relevance" : order };
}

export function OrderMenu({ query }: { readonly query: Query }) {
  const { search } = useSearch();
  const order = orderOf(query);
  return (
    <Menu position="bottom-end" width={192}>
      <Menu.Target>
        <button
          type="button"
          className={classes.order}
          aria-label={`${text.order}: ${text.orders[order]}`}
          title={text.order}
          data-testid="order"
        >
          <Icon name="sort" sizePx={18} />
          <span>{text.orders[order]}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {ordersOf(query).map((one) => (
          <Menu.RadioItem
            key={one}
            value={one}
            checked={one === order}
            closeMenuOnClick
            checkIcon={<Icon name="check" sizePx={16} />}
            onChange={() => search(withOrder(query, one))}
          >
            {text.orders[one]}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
