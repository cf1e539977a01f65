import type { ResidentCardFields } from '../../electron/devices/id-reader/cards.ts';
import type { PlannedCandidate } from '../../electron/features/plan/plan-schema.ts';

/** What the specimen ID card of a sample candidate says, for the simulated reader. */
export const sampleCard = ({
  name,
  sex,
  documentNumber,
}: Pick<PlannedCandidate, 'name' | 'sex' | 'documentNumber'>): ResidentCardFields => ({
  name,
  sex: sex === 'male' ? '1' : '2',
  nation: '01',
  birth: documentNumber.slice(6, 14),
  address: '样本市样本区样本路 1 号',
  number: documentNumber,
  issuer: '样本市公安局样本分局',
  validFrom: '20200101',
  validUntil: '长期',
});
