import type { Count, ViewResponse } from '@/api/generated/types.gen'
import type { SavedView } from './desk-api'
import { filterFromWire } from './filter-expression'
import type { TicketFilter } from './ticket-filter'
import { EVERYTHING, withExpression } from './ticket-filter'
import { filterOf } from './ticket-views'
import { ORDERS } from './ticket-words'

/** One line of the rail: a view that everyone has, or one that somebody saved. */
export type RailView =
  | { kind: 'built-in'; key: string; view: Pick<ViewResponse, 'key' | 'team'>; count?: Count }
  | { kind: 'saved'; key: string; view: SavedView; count?: Count }

export const keyOfBuiltIn = (view: Pick<ViewResponse, 'key' | 'team'>) =>
  view.team ? `${view.key}:${view.team.id}` : view.key

/** All views in the reader's own order; those that have no place in it yet come last. */
export function railViews(
  builtIn: readonly (Pick<ViewResponse, 'key' | 'team'> & { count?: Count })[],
  saved: readonly SavedView[],
  order: readonly string[],
): RailView[] {
  const views: RailView[] = [
    ...builtIn.map((view) => ({
      kind: 'built-in' as const,
      key: keyOfBuiltIn(view),
      view,
      count: view.count,
    })),
    ...saved.map((view) => ({ kind: 'saved' as const, key: view.id, view, count: view.count })),
  ]
  const placeOf = ({ key }: RailView) => {
    const place = order.indexOf(key)
    return place < 0 ? order.length : place
  }
  return views.sort((one, other) => placeOf(one) - placeOf(other))
}

export function filterOfSaved(view: Pick<SavedView, 'id' | 'filter' | 'order'>): TicketFilter {
  const order = ORDERS.find((each) => each === view.order) ?? EVERYTHING.order
  const expression = filterFromWire(view.filter)
  const plain: TicketFilter = { ...EVERYTHING, order, view: view.id }
  return expression ? withExpression(plain, expression) : plain
}

export function filterOfRail(item: RailView): TicketFilter {
  return item.kind === 'saved' ? filterOfSaved(item.view) : filterOf(item.view)
}

export function movedTo<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const moved = [...items]
  const [item] = moved.splice(from, 1)
  if (item !== undefined) {
    moved.splice(Math.min(Math.max(to, 0), moved.length), 0, item)
  }
  return moved
}
