import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { startLive, subscribeToLive, useIsCutOff } from '@/api/live'
import { LiveUpdates } from './live-updates'
import { useTicketDesk } from './ticket-desk'

/** Keeps what the workspace shows up to date, for as long as it is there. */
export function LiveDesk({ personId }: { personId: string }) {
  const client = useQueryClient()
  const { writes } = useTicketDesk()
  const isCutOff = useIsCutOff()
  const [updates] = useState(() => new LiveUpdates(client, writes))

  useEffect(() => {
    const followVisibility = () => updates.setVisible(document.visibilityState === 'visible')
    followVisibility()
    document.addEventListener('visibilitychange', followVisibility)
    const unsubscribe = subscribeToLive((event) => updates.hear(event))
    const stopLive = startLive(personId)
    return () => {
      stopLive()
      unsubscribe()
      document.removeEventListener('visibilitychange', followVisibility)
      updates.stop()
    }
  }, [updates, personId])

  // What is asked for now is asked for again in the rhythm of a page that hears nothing.
  useEffect(() => {
    if (isCutOff) {
      updates.refreshAll()
    }
  }, [updates, isCutOff])

  return null
}
