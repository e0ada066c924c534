import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import type { BarSeriesOption, CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import type { GridComponentOption } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import type { ComposeOption, ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

export type ChartOption = ComposeOption<BarSeriesOption | LineSeriesOption | CustomSeriesOption | GridComponentOption>;

register([BarChart, LineChart, CustomChart, GridComponent, SVGRenderer]);

/** The only place that knows ECharts: draws an option, nothing moves, nothing listens. */
export function EChart({ option }: { readonly option: ChartOption }) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(undefined);
  useEffect(() => {
    if (!host.current) return undefined;
    const made = init(host.current, undefined, { renderer: 'svg' });
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(host.current);
    chart.current = made;
    return () => {
      watcher.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => chart.current?.setOption({ animation: false, ...option }, { notMerge: true }), [option]);
  return <div ref={host} className="chart-face" />;
}
