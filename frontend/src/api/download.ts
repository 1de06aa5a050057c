import { authorizedFetch } from './client'
import type { Attachment } from './generated/types.gen'
import { toProblem } from './problem'

const RELEASE_AFTER_MS = 60_000

/** Fetched with the token and saved from memory: tokens never stand in addresses. */
export const downloadAttachment = (attachment: Attachment) =>
  downloadFrom(`/api/v1/attachments/${attachment.id}`, attachment.fileName)

export async function downloadFrom(path: string, fileName: string) {
  let response: Response
  try {
    response = await authorizedFetch(new URL(path, window.location.origin))
  } catch (error) {
    throw toProblem(error, undefined)
  }
  if (!response.ok) throw toProblem(await response.json().catch(() => ({})), response)
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), RELEASE_AFTER_MS)
}
