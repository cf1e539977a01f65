import { deskOf } from '../day.ts';
import type { Step } from '../step.ts';

/** A checkpoint leaves the station in the middle of the day; the sealed journal must grow out of it. */
export const keepCheckpoint: Step = {
  id: 'checkpoint',
  title: { zh: '督导员带走日志检查点', en: 'The supervisor takes a checkpoint of the journal away' },
  async play(day) {
    const { station } = await deskOf(day, 'supervisor');
    const { note, size } = await station.journal.checkpoint();
    day.checkpoint = note;
    return { zh: `${size} 条`, en: `${size} entries` };
  },
};

/** Every acknowledgement of the day, and every entry read before, once more against the whole journal. */
export const compareJournal: Step = {
  id: 'journal',
  title: { zh: '回执逐项对照日志', en: 'Every acknowledgement against the journal' },
  async play(day) {
    const rows = await day.ledger.compare((await deskOf(day, 'lead')).station);
    const refusals = rows.filter((row) => row.refusal).length;
    return {
      zh: `${day.ledger.size} 项回执都在 ${rows.length} 条日志里，序号不缺；其中拒绝 ${refusals} 条`,
      en: `${day.ledger.size} acknowledgements all in ${rows.length} entries without a gap; ${refusals} are refusals`,
    };
  },
};
