import { CustomChart, type CustomSeriesOption, LineChart, type LineSeriesOption } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { escape as inHtml } from 'html-escaper';
import { formatThreshold, formatValue } from '../../core/metrics/format-value.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { inZone } from '../../core/time/zone.ts';
import { gridsOver, type Result, spanOf } from '../../tools/backtest/backtest.ts';
import type { Recorded } from '../../tools/backtest/point-collector.ts';
import type { Outage } from '../../tools/backtest/score.ts';
import { downSample } from './down-sample.ts';
import { formatMark, timeMarks } from './time-axis.ts';

echarts.use([LineChart, CustomChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** The content of a picture: the current rule over the values, and a lane with the alerts of each variant. */
export interface Shown {
  name: string;
  /** The condition of the current rule. */
  condition: string;
  results: readonly Result[];
  recorded: Recorded & { source: string };
  outages: readonly Outage[] | undefined;
  timeZone: string;
}

/** The maximum number of lanes. The table has all variants. */
const maxLanes = 24;
/** Pixels. A value of the line for each of them, and its opposite. */
const [width, plotHeight, top, left, right, laneHeight] = [1200, 320, 96, 150, 96, 22];
/** These colours can be distinguished by people with red-green colour blindness. */
const colours = { values: '#33475b', threshold: '#b3261e', alert: '#d9483b', outage: '#2b6cb0', quiet: '#6b7785' };

/** Draws a backtest as an SVG document. */
export function drawSvg(shown: Shown): string {
  const lanes = shown.results.length > 1 ? shown.results.slice(0, maxLanes) : [];
  const height = top + plotHeight + (lanes.length > 0 ? lanes.length * laneHeight + 48 : 0) + 44;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, backgroundColor: '#ffffff', ...heading(shown), ...plots(shown, lanes) });
    return titled(chart.renderToSVGString(), `Backtest of ${shown.name}: ${shown.condition}`);
  } finally {
    chart.dispose();
  }
}

/** Adds the title that a screen reader reads. */
const titled = (svg: string, title: string) =>
  svg.replace(
    /^<svg ([^>]*)>/,
    (_, attributes: string) => `<svg role="img" ${attributes}><title>${inHtml(title)}</title>`,
  );

const currentOf = ({ results }: Shown) => results.find(({ current }) => current)!;

function heading(shown: Shown) {
  const { start, end } = spanOf(shown.recorded);
  const { score } = currentOf(shown);
  const points = shown.recorded.recording.times.length.toLocaleString('en-US');
  const times = `${inZone(start, shown.timeZone).slice(0, 16)} to ${inZone(end, shown.timeZone).slice(0, 16)}`;
  return {
    title: {
      text: `${shown.name}   ${shown.condition}`,
      subtext: `${score.alerts} ${score.alerts === 1 ? 'alert' : 'alerts'}${score.alerts > 0 ? `, ${formatDuration(score.totalSeconds)} in total` : ''}; ${points} values, ${times} (${shown.timeZone})`,
      left: 16,
      top: 10,
      textStyle: { fontSize: 18, color: '#1c2733' },
      subtextStyle: { fontSize: 13, color: colours.quiet },
    },
    legend: {
      right,
      top: 62,
      itemHeight: 10,
      itemWidth: 18,
      selectedMode: false,
      itemGap: 26,
      textStyle: { color: '#33475b' },
    },
  };
}

function plots(shown: Shown, lanes: readonly Result[]) {
  const { start, end } = spanOf(shown.recorded);
  const marks = timeMarks(start, end, shown.timeZone, 16);
  const { alarm, alerts, threshold } = currentOf(shown);
  const unit = alarm.metric.unit;
  const grid = gridsOver(shown.recorded, spanOf(shown.recorded))(alarm);
  const values = downSample(grid, start, width - left - right);
  const time = (gridIndex: number, hasLabels: boolean) => ({
    type: 'value' as const,
    gridIndex,
    min: start,
    max: end,
    splitLine: { show: false },
    axisLine: { onZero: false, lineStyle: { color: '#9aa5b1' } },
    axisTick: { show: true, customValues: marks },
    axisLabel: {
      show: hasLabels,
      customValues: marks,
      color: colours.quiet,
      formatter: (at: number) => formatMark(at, shown.timeZone),
    },
  });
  const line = (name: string, colour: string, data: LineSeriesOption['data'], more: LineSeriesOption = {}) => ({
    type: 'line' as const,
    name,
    data,
    symbol: 'circle',
    symbolSize: 3,
    lineStyle: { color: colour, width: 1.4 },
    itemStyle: { color: colour },
    z: 4,
    ...more,
  });
  return {
    grid: [
      { left, right, top, height: plotHeight },
      ...(lanes.length > 0 ? [{ left, right, top: top + plotHeight + 48, height: lanes.length * laneHeight }] : []),
    ],
    xAxis: [
      time(0, true),
      ...(lanes.length > 0 ? [{ ...time(1, false), axisLine: { show: false }, axisTick: { show: false } }] : []),
    ],
    yAxis: [
      {
        type: 'value' as const,
        gridIndex: 0,
        name: alarm.metric.name,
        nameTextStyle: { align: 'right' as const, color: colours.quiet },
        axisLabel: { color: colours.quiet, formatter: (value: number) => formatValue(value, unit) },
        splitLine: { lineStyle: { color: '#edf0f3' } },
      },
      ...(lanes.length > 0 ? [laneNames(lanes, unit)] : []),
    ],
    series: [
      ...(shown.outages
        ? [bands('labelled outage', colours.outage, shown.outages, { opacity: 0.16, labelled: true })]
        : []),
      bands('alert', colours.alert, alerts, { opacity: 0.28 }),
      line(`${alarm.statistic} of ${formatDuration(alarm.periodSeconds)}`, colours.values, values, {
        showSymbol: values.length < 150,
      }),
      line(
        'threshold',
        colours.threshold,
        [
          [start, threshold],
          [end, threshold],
        ],
        {
          symbol: 'none',
          lineStyle: { color: colours.threshold, width: 1.4, type: 'dashed' },
          endLabel: {
            show: true,
            color: colours.threshold,
            formatter: () => formatThreshold(threshold, unit),
            distance: 6,
          },
        },
      ),
      ...(lanes.length > 0 ? [laneAlerts(lanes, shown.outages ?? [])] : []),
    ],
  };
}

/** Coloured periods over the whole height of the plot. Even a short period is visible. */
function bands(
  name: string,
  colour: string,
  times: readonly (Outage | { from: number; to: number })[],
  { opacity, labelled }: { opacity: number; labelled?: boolean },
): CustomSeriesOption {
  return {
    type: 'custom',
    name,
    itemStyle: { color: colour, opacity: 0.6 },
    data: times.map(({ from, to }) => [from, to]),
    // Both are times: neither may stretch the axis of values.
    encode: { x: [0, 1], y: [] },
    clip: true,
    renderItem: ({ coordSys, dataIndex }, api) => {
      const { y, height } = coordSys as unknown as { y: number; height: number };
      const [x, x2] = [api.coord([api.value(0), 0])[0]!, api.coord([api.value(1), 0])[0]!];
      const time = times[dataIndex]!;
      const label = labelled && 'label' in time ? time.label : undefined;
      return {
        type: 'group',
        children: [
          { type: 'rect', shape: { x, y, width: Math.max(1.5, x2 - x), height }, style: { fill: colour, opacity } },
          ...(label === undefined
            ? []
            : [{ type: 'text' as const, style: { text: label, x: x + 3, y: y + 4, fill: colour, fontSize: 11 } }]),
        ],
      };
    },
  };
}

const laneNames = (lanes: readonly Result[], unit: Parameters<typeof formatValue>[1]) => ({
  type: 'category' as const,
  gridIndex: 1,
  inverse: true,
  data: lanes.map(
    ({ current, threshold, forSeconds }) =>
      `${current ? '* ' : ''}${formatThreshold(threshold, unit)} for ${formatDuration(forSeconds)}`,
  ),
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { show: false },
  axisLabel: { color: '#33475b' },
});

/** A lane a variant: its alerts, under them the outages as a thin line, and how many there were. */
function laneAlerts(lanes: readonly Result[], outages: readonly Outage[]): CustomSeriesOption {
  return {
    type: 'custom',
    xAxisIndex: 1,
    yAxisIndex: 1,
    data: lanes.map((_, lane) => [0, lane]),
    renderItem: ({ coordSys, dataIndex }, api) => {
      const { x, width: wide } = coordSys as unknown as { x: number; width: number };
      const at = (moment: number) => api.coord([moment, dataIndex])[0]!;
      const middle = api.coord([0, dataIndex])[1]!;
      const bar = ({ from, to }: { from: number; to: number }, fill: string, y: number, height: number) => ({
        type: 'rect' as const,
        shape: { x: at(from), y, width: Math.max(1.5, at(to) - at(from)), height },
        style: { fill },
      });
      const { score, alerts } = lanes[dataIndex]!;
      return {
        type: 'group',
        children: [
          { type: 'rect', shape: { x, y: middle - 8, width: wide, height: 16 }, style: { fill: '#f4f6f8' } },
          ...alerts.map((alert) => bar(alert, colours.alert, middle - 8, 12)),
          ...outages.map((outage) => bar(outage, colours.outage, middle + 5, 3)),
          {
            type: 'text',
            style: {
              text: `${score.alerts} ${score.alerts === 1 ? 'alert' : 'alerts'}`,
              x: x + wide + 8,
              y: middle - 6,
              fill: colours.quiet,
              fontSize: 12,
            },
          },
        ],
      };
    },
  };
}
