type SampleRubric = {
  rubricId: string;
  title: string;
  passTenths: number;
  items: { itemId: string; title: string; maxTenths: number; deductions: { text: string; tenths: number }[] }[];
};

const item = (itemId: string, title: string, maxTenths: number, ...deductions: [text: string, tenths: number][]) => ({
  itemId,
  title,
  maxTenths,
  deductions: deductions.map(([text, tenths]) => ({ text, tenths })),
});

/** An invented rubric for an electrician's skills exam; the marks sum to 100.0. It is no official score sheet. */
export const SAMPLE_RUBRIC: SampleRubric = {
  rubricId: 'R-DG4',
  title: '电工四级操作技能评分表（样本）',
  passTenths: 600,
  items: [
    item('1', '劳动防护与工具检查', 50, ['未穿绝缘鞋', 30], ['未检查工具绝缘', 20]),
    item('2', '断电、验电与挂牌', 150, ['未验电', 150], ['未挂警示牌', 50]),
    item('3', '识读电气原理图', 100, ['元件识别错误一处', 20]),
    item('4', '元件选择与检测', 100, ['未检测元件', 50], ['选型错误一处', 25]),
    item('5', '布线与接线工艺', 250, ['露铜超过 2 mm 一处', 10], ['接线松动一处', 20], ['导线颜色错误一处', 10]),
    item('6', '通电试车', 200, ['一次试车不成功', 100], ['二次试车不成功', 200]),
    item('7', '故障排除', 100, ['未排除故障一处', 50]),
    item('8', '文明生产与清理', 50, ['未清理工位', 30], ['工具摆放杂乱', 12]),
  ],
};
