import { useRef } from 'react'

export const newIdempotencyKey = () => crypto.randomUUID()

/**
 * One key for one act of the user: the same key while the same content is sent again, a new one once the content
 * changed or the act succeeded. The server answers a repeated key with what the first request did.
 */
export function useIdempotencyKey() {
  const current = useRef<{ content: string; key: string } | null>(null)
  return {
    keyFor(content: unknown) {
      const text = JSON.stringify(content)
      if (current.current?.content !== text) current.current = { content: text, key: newIdempotencyKey() }
      return current.current.key
    },
    done() {
      current.current = null
    },
  }
}
