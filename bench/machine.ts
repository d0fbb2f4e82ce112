// What a figure was measured on: enough to compare by, nothing that names a machine.
import { availableParallelism, cpus, totalmem } from 'node:os'

export const machineText = (): string => {
  const model =
    cpus()[0]
      ?.model.replaceAll(/\(R\)|\(TM\)/g, '')
      .trim() ?? 'unknown processor'
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return `${availableParallelism()} cores (${model}), ${gigabytes} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}`
}
