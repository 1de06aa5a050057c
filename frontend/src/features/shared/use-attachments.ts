import { useEffect, useRef, useState } from 'react'
import type { Attachment } from '@/api/generated/types.gen'
import { ATTACHMENT_SIZE_MAX_BYTES, ATTACHMENTS_MAX, uploadAttachment } from '@/api/upload'

export type PendingFile = { key: string; name: string; sizeBytes: number } & (
  | { state: 'uploading'; share: number }
  | { state: 'done'; attachment: Attachment }
  | { state: 'failed'; error: unknown }
)

export type Refusal =
  | { reason: 'too-large'; name: string }
  | { reason: 'empty'; name: string }
  | { reason: 'too-many' }

/**
 * The files of one message before it is sent. Uploading starts at once, so that sending does not have to wait;
 * `attachmentIds` is null while something is still under way.
 */
export function useAttachments(initial: readonly Attachment[] = []) {
  const [files, setFiles] = useState<readonly PendingFile[]>(() => initial.map(uploaded))
  const [refusals, setRefusals] = useState<readonly Refusal[]>([])
  const uploads = useRef(new Map<string, { file: File; controller: AbortController }>())

  useEffect(() => {
    const running = uploads.current
    return () => {
      for (const { controller } of running.values()) controller.abort()
    }
  }, [])

  function change(key: string, next: (file: PendingFile) => PendingFile) {
    setFiles((current) => current.map((file) => (file.key === key ? next(file) : file)))
  }

  async function upload(key: string, file: File) {
    const controller = new AbortController()
    uploads.current.set(key, { file, controller })
    const about = { key, name: file.name, sizeBytes: file.size }
    try {
      const attachment = await uploadAttachment(file, {
        signal: controller.signal,
        onProgress: (share) => change(key, () => ({ ...about, state: 'uploading', share })),
      })
      change(key, () => ({ ...about, name: attachment.fileName, state: 'done', attachment }))
    } catch (error) {
      if (!controller.signal.aborted) change(key, () => ({ ...about, state: 'failed', error }))
    }
  }

  function add(chosen: Iterable<File>) {
    const refused: Refusal[] = []
    const accepted: { key: string; file: File }[] = []
    for (const file of chosen) {
      if (files.length + accepted.length >= ATTACHMENTS_MAX) {
        refused.push({ reason: 'too-many' })
        break
      }
      if (file.size > ATTACHMENT_SIZE_MAX_BYTES) refused.push({ reason: 'too-large', name: file.name })
      else if (file.size === 0) refused.push({ reason: 'empty', name: file.name })
      else accepted.push({ key: crypto.randomUUID(), file })
    }
    setRefusals(refused)
    setFiles((current) => [
      ...current,
      ...accepted.map(
        ({ key, file }): PendingFile => ({
          key,
          name: file.name,
          sizeBytes: file.size,
          state: 'uploading',
          share: 0,
        }),
      ),
    ])
    for (const { key, file } of accepted) void upload(key, file)
  }

  function remove(key: string) {
    uploads.current.get(key)?.controller.abort()
    uploads.current.delete(key)
    setRefusals([])
    setFiles((current) => current.filter((file) => file.key !== key))
  }

  function retry(key: string) {
    const known = uploads.current.get(key)
    if (!known) return
    change(key, ({ name, sizeBytes }) => ({ key, name, sizeBytes, state: 'uploading', share: 0 }))
    void upload(key, known.file)
  }

  function clear() {
    uploads.current.clear()
    setRefusals([])
    setFiles([])
  }

  /** Files that were uploaded before, for a message that goes back to being edited. */
  function restore(attachments: readonly Attachment[]) {
    setFiles((current) => [...attachments.map(uploaded), ...current])
  }

  /** Files that were uploaded elsewhere take the place of those here; what is still under way here goes on. */
  function replace(attachments: readonly Attachment[]) {
    setFiles((current) => [...attachments.map(uploaded), ...current.filter((file) => file.state !== 'done')])
  }

  const isReady = files.every((file) => file.state === 'done')
  const done = files.flatMap((file) => (file.state === 'done' ? [file.attachment] : []))
  return {
    files,
    refusals,
    add,
    remove,
    retry,
    clear,
    restore,
    replace,
    done,
    attachmentIds: isReady ? done.map((attachment) => attachment.id) : null,
  }
}

function uploaded(attachment: Attachment): PendingFile {
  const { id, fileName, sizeBytes } = attachment
  return { key: id, name: fileName, sizeBytes, state: 'done', attachment }
}

export type Attachments = ReturnType<typeof useAttachments>
