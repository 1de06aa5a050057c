import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { listPresence } from '@/api/generated/sdk.gen'
import { startLive, subscribeToLive, useIsCutOff } from '@/api/live'
import { LiveUpdates } from './live-updates'
import { useTicketDesk } from './ticket-desk'

/** Keeps what the workspace shows up to date, for as long as it is there. */
export function LiveDesk({ personId }: { personId: string }) {
  const client = useQueryClient()
  const { writes, colleagues, presence } = useTicketDesk()
  const isCutOff = useIsCutOff()
  const [updates] = useState(() => new LiveUpdates(client, writes))

  useEffect(() => {
    const unsubscribe = subscribeToLive((event) => {
      updates.hear(event)
      if (event.kind === 'presence') {
        colleagues.told(event)
      } else if (event.kind === 'hello') {
        // Who came or went while nothing was heard is not told later. Without an answer it is told bit by bit.
        colleagues.askFor(everybody).catch(() => {})
      }
    })
    const stopLive = startLive(personId)
    return () => {
      stopLive()
      unsubscribe()
      updates.stop()
    }
  }, [updates, colleagues, personId])

  useEffect(() => {
    const followVisibility = () => {
      const isVisible = document.visibilityState === 'visible'
      updates.setVisible(isVisible)
      presence.setVisible(isVisible)
    }
    const leave = () => presence.leave()
    followVisibility()
    document.addEventListener('visibilitychange', followVisibility)
    window.addEventListener('pagehide', leave)
    return () => {
      document.removeEventListener('visibilitychange', followVisibility)
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [updates, presence])

  useEffect(() => {
    if (isCutOff) {
      colleagues.forget()
      // What is asked for now is asked for again in the rhythm of a page that hears nothing.
      updates.refreshAll()
    }
  }, [updates, colleagues, isCutOff])

  return null
}

const everybody = async () => (await listPresence({ throwOnError: true })).data.tickets
