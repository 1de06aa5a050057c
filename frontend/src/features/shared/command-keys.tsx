import { useWorkingKeys } from '@/lib/keyboard'
import { KeyCaps } from '@/ui/kbd'
import type { CommandId } from './commands'
import { definitionOf } from './commands'

export function useCommandKeys(id: CommandId): string | undefined {
  return useWorkingKeys({ id, keys: definitionOf(id).keys })
}

/** The reader's own keys of a command, on the button that does the same. */
export function CommandKeys({ id }: { id: CommandId }) {
  const keys = useCommandKeys(id)
  return keys ? <KeyCaps keys={keys} /> : null
}
