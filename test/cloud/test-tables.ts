// Two tables of these tests alone. Attribute names are reserved words of DynamoDB on purpose.
import { z } from 'zod'
import { table } from '../../shared/kernel/table.ts'

export const vouchers = table({
  name: 'test-vouchers',
  holds: 'vouchers of these tests',
  partitionKey: 'owner',
  sortKey: 'name',
  item: z.strictObject({
    owner: z.string(),
    name: z.string(),
    status: z.string(),
    count: z.int(),
    uses: z.array(z.string()).optional(),
    comment: z.string().optional(),
    size: z.union([z.int(), z.string()]).optional(),
    values: z
      .strictObject({ flag: z.boolean(), nothing: z.null(), deep: z.array(z.strictObject({ zone: z.string() })) })
      .optional(),
  }),
})

/** Keyed by one attribute alone. */
export const holders = table({
  name: 'test-holders',
  holds: 'holders of these tests',
  partitionKey: 'key',
  item: z.strictObject({ key: z.string(), level: z.int() }),
})

type Voucher = z.infer<typeof vouchers.item>

export const voucher = (changes: Partial<Voucher> = {}): Voucher => ({
  owner: 'bear',
  name: 'v-1',
  status: 'ISSUED',
  count: 100,
  ...changes,
})
export const keyOf = ({ owner, name }: Voucher) => ({ owner, name })

/** Takes any attribute, so that random commands can put anything anywhere. */
export const anything = table({
  name: 'test-anything',
  holds: 'whatever a random command writes',
  partitionKey: 'owner',
  sortKey: 'name',
  item: z.looseObject({ owner: z.string(), name: z.string() }),
})
