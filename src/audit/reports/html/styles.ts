/** Warm greys and one accent, whose shades are the severities; a clean page has a green one instead. */
const LIGHT = `color-scheme:light;--bg:#faf9f6;--card:#fff;--ink:#1d1b19;--dim:#645f58;--line:#e5e1d9;--hover:#f4f1eb;--accent:#ad321d;--soft:#fbeeea;
--critical:#ad321d;--high:#dc8470;--medium:#b8b0a4;--low:#dbd6cc;--good:#1c7549`
const DARK = `color-scheme:dark;--bg:#141311;--card:#1c1a18;--ink:#ece8e1;--dim:#a8a196;--line:#34302b;--hover:#24211e;--accent:#ff947d;--soft:#33201b;
--critical:#ff7d62;--high:#b0503d;--medium:#736b61;--low:#47423b;--good:#74d3a3`

/** Its hash is in the page's policy: nothing may be put into it for one report. A page is printed in the light colours. */
export const PAGE_STYLES = `
:root{${LIGHT};--mono:ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK}}}
@media screen{:root[data-theme=dark]{${DARK}}}
.is-clean{--accent:var(--good)}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main,.top,footer{max-width:72rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem)}
main{display:grid;grid-template-columns:minmax(0,1fr);gap:2.75rem;padding-bottom:3rem}
h1,h2,h3,p,dl,dd,ol,ul,figure,fieldset{margin:0;padding:0}
ol,ul{list-style:none}
h1{font-size:clamp(2rem,5.5vw,3.25rem);line-height:1.08;letter-spacing:-.028em;font-weight:650;text-wrap:balance}
h2{font-size:1.0625rem;line-height:1.3;font-weight:650;letter-spacing:-.008em}
h3{font-size:.9375rem;font-weight:650;margin-top:1.5rem}
code{font-family:var(--mono);font-size:.86em}
a{color:inherit;text-decoration:underline;text-decoration-color:var(--line);text-decoration-thickness:1px;text-underline-offset:3px}
a:hover{text-decoration-color:currentColor}
.out{color:var(--accent);text-decoration-color:color-mix(in srgb,currentColor 35%,transparent)}
.out::after{content:"\\2009↗";font-size:.85em}
@supports (content:"x"/""){.out::after{content:"\\2009↗"/""}}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
section:focus{outline:none}
button,input,select{font:inherit;color:inherit}
button{cursor:pointer}
.dim,.note,.sub,.empty{color:var(--dim)}
.note,.sub{font-size:.8125rem}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.js-only,[hidden]{display:none!important}
.js .js-only:not([hidden]){display:inline-flex!important}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem .75rem;z-index:2}

.top{display:flex;align-items:center;gap:.75rem;padding-top:1.25rem;padding-bottom:1.25rem;font-size:.875rem}
.brand{flex:1;min-width:0}
.brand b{font-weight:650;margin-right:.375rem}
.brand .dim{display:inline-block;max-width:100%;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;vertical-align:bottom}
.when{color:var(--dim);white-space:nowrap}
#theme{background:none;border:1px solid var(--line);border-radius:99px;padding:.125rem .75rem;min-width:4rem;justify-content:center;font-size:.8125rem}
#theme:hover,#more:hover{border-color:var(--dim)}

.verdict{padding-top:clamp(1rem,4vw,2.5rem)}
.lead{max-width:44rem;margin-top:.875rem;font-size:1.0625rem;color:var(--dim);text-wrap:pretty}
.callout{margin-top:1rem;padding:.625rem .875rem;border-left:3px solid var(--accent);background:var(--soft);border-radius:0 6px 6px 0;max-width:44rem}
.figures{display:flex;flex-wrap:wrap;gap:1.25rem 2.25rem;margin-top:1.875rem}
.figures>div{display:flex;flex-direction:column-reverse}
.figures dt{font-size:.8125rem;color:var(--dim)}
.figures dd{font-size:1.625rem;line-height:1.2;font-weight:600;letter-spacing:-.02em}
.figures .nil dd{color:var(--dim);font-weight:400}
.figures .rule{border-left:1px solid var(--line);padding-left:2.25rem}
.clean{text-align:center;padding:clamp(2rem,8vw,5rem) 0 1rem}
.clean .lead{text-wrap:balance}
.clean .lead,.clean .callout{margin-left:auto;margin-right:auto}
.clean .callout{text-align:left}
.clean .note{margin-top:.75rem}
.clean .figures{justify-content:center;margin-top:2.5rem}
.mark{width:5rem;height:5rem;margin-bottom:1.5rem}
.mark circle{fill:none;stroke:var(--accent);stroke-width:2}
.mark path{fill:none;stroke:var(--accent);stroke-width:3;stroke-linecap:round;stroke-linejoin:round}

.dot{display:inline-block;width:.5625rem;height:.5625rem;border-radius:2px;margin-right:.4375rem;background:var(--low)}
.dot.s-critical{background:var(--critical)}.dot.s-high{background:var(--high)}.dot.s-medium{background:var(--medium)}
rect.s-critical{fill:var(--critical)}rect.s-high{fill:var(--high)}rect.s-medium{fill:var(--medium)}rect.s-low{fill:var(--low)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.8125rem;color:var(--dim)}
.tag{display:inline-block;border:1px solid var(--line);border-radius:4px;padding:0 .375rem;font-size:.75rem;color:var(--dim)}

.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.25rem clamp(1rem,2.5vw,1.5rem);min-width:0}
.card>h2{margin-bottom:.875rem}
.section-head{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:.25rem 1rem;margin-bottom:.875rem}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:1rem}
.wide{grid-column:1/-1}

.rotate li{display:grid;grid-template-columns:1.75rem minmax(0,1fr) minmax(0,1.3fr) auto;gap:.125rem .75rem;align-items:center;padding:.625rem 0;border-top:1px solid var(--line)}
.rotate li:first-child{border-top:0}
.rotate+.note{margin-top:.5rem}
.rotate .place{color:var(--dim);font-size:.875rem}
.who>a{font-weight:600}
.who .sub{display:block}
.spread{font-size:.8125rem;color:var(--dim)}
.go .out{display:inline-block;border:1px solid var(--line);border-radius:99px;padding:.1875rem .875rem;text-decoration:none;font-size:.875rem;font-weight:550;white-space:nowrap}
.go .out:hover{border-color:currentColor}

.bars li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.25rem .75rem;padding:.3125rem 0;align-items:baseline}
.bars a{text-decoration-color:transparent;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;font-size:.875rem}
.bars a:hover{text-decoration-color:currentColor}
.bars .bar{grid-row:2;grid-column:1/-1;width:100%;height:5px;border-radius:2px;background:var(--hover);display:block}
.bars .n{grid-row:1;grid-column:2;font-size:.8125rem;white-space:nowrap}
.bars b{font-weight:650;margin-right:.25rem}
.bars+.note,.bars~.note{margin-top:.625rem}

.plot{position:relative;padding-left:2rem}
.plot svg{display:block;width:100%;height:9.5rem;border-bottom:1px solid var(--dim);overflow:visible}
.grid .grid{stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
.plot .max{position:absolute;left:0;top:-.6em;font-size:.75rem;color:var(--dim)}
.axis{display:flex;justify-content:space-between;padding:.25rem 0 0 2rem;font-size:.75rem;color:var(--dim)}
.time figcaption{margin-top:.5rem}

.js #controls:not([hidden]){display:flex!important;flex-wrap:wrap;gap:.5rem;align-items:center;margin-bottom:.75rem}
#controls fieldset{border:0;display:flex;flex-wrap:wrap;gap:.375rem}
#controls .search{flex:1 1 15rem;min-width:0}
#findings>.callout{margin:0 0 .75rem;max-width:none}
#controls input[type=search],#controls select{width:100%;max-width:100%;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.4375rem .75rem;font-size:.875rem;min-height:2.375rem}
#controls select{max-width:12rem}
#controls input::placeholder{color:var(--dim);opacity:1}
.chip{position:relative}
.chip input{position:absolute;inset:0;opacity:0;margin:0;cursor:pointer}
.chip span{display:inline-flex;align-items:center;border:1px solid var(--line);background:var(--card);border-radius:99px;padding:.25rem .75rem;font-size:.8125rem;min-height:2.375rem}
.chip b{font-weight:600;margin-left:.375rem;color:var(--dim)}
.chip input:checked+span{border-color:var(--ink);box-shadow:inset 0 0 0 1px var(--ink)}
.chip input:focus-visible+span{outline:2px solid var(--accent);outline-offset:2px}
.picked{background:var(--ink);color:var(--bg);border:0;border-radius:99px;padding:.375rem .875rem;font-size:.8125rem;max-width:100%}
.picked::after{content:" ✕"}
.link{background:none;border:0;padding:0;text-decoration:underline;text-underline-offset:3px;color:var(--ink)}
.empty{padding:1rem 0}
#nothing{padding:2.5rem 0;text-align:center}
.more{text-align:center}
#more{margin-top:1rem;background:none;border:1px solid var(--line);border-radius:99px;padding:.4375rem 1.25rem}

#list{border:1px solid var(--line);border-radius:12px;background:var(--card);overflow:hidden}
.finding{border-top:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 4rem}
.finding:first-child{border-top:0}
.finding summary{display:grid;grid-template-columns:5.25rem minmax(0,1.4fr) minmax(0,1fr) 6.25rem 1rem;gap:.125rem 1rem;align-items:center;padding:.6875rem clamp(.875rem,2vw,1.25rem);cursor:pointer;list-style:none}
.finding summary::-webkit-details-marker{display:none}
.finding summary::after{content:"";width:.4375rem;height:.4375rem;border:solid var(--dim);border-width:0 1.5px 1.5px 0;transform:rotate(45deg) translate(-2px,-2px);justify-self:end}
.finding[open] summary::after{transform:rotate(-135deg) translate(-2px,-2px)}
.finding summary:hover{background:var(--hover)}
.finding summary:focus-visible{outline-offset:-2px}
.sev{font-size:.8125rem;white-space:nowrap}
.what .title{font-weight:550}
.what .sub{display:block}
.age{font-size:.8125rem;text-align:right;white-space:nowrap}
.body{padding:.25rem clamp(.875rem,2vw,1.25rem) 1.25rem}
.body dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,9.5rem),1fr));gap:.75rem 1.5rem;padding:.875rem 0;border-top:1px solid var(--line)}
dt{font-size:.75rem;color:var(--dim)}
.body dd{font-size:.875rem}
.places{border-top:1px solid var(--line)}
.places li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.125rem 1rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.places .path{font-size:.8125rem;font-weight:600}
.places .n{font-size:.8125rem;color:var(--dim);white-space:nowrap}
.where{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:0 .875rem;font-size:.8125rem}
.places+.note{margin-top:.625rem}

#read{margin-bottom:.625rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{text-align:right;padding:.4375rem 0 .4375rem 1.25rem;border-bottom:1px solid var(--line);white-space:nowrap;font-weight:400}
thead th{color:var(--dim);font-size:.75rem}
th:first-child,th:nth-child(2),td:nth-child(2){text-align:left}
th:first-child{padding-left:0;white-space:normal;min-width:12rem}
.warn{color:var(--accent);font-weight:600}
.warnings li{padding:.3125rem 0;font-size:.875rem}
.warnings code{font-weight:600;margin-right:.375rem}
footer{padding-top:1.25rem;padding-bottom:2.5rem;font-size:.8125rem;color:var(--dim)}
footer p{border-top:1px solid var(--line);padding-top:1.25rem;max-width:none}

@media (max-width:46rem){
main{gap:2.25rem}
.figures{display:grid;grid-template-columns:repeat(4,auto);justify-content:space-between;gap:1rem .75rem}
.figures .rule{border:0;padding:0}
.figures dd{font-size:1.375rem}
.clean .figures{justify-content:space-around}
.rotate li{grid-template-columns:1.25rem minmax(0,1fr) auto}
.rotate .spread{grid-column:2/-1;grid-row:2}
.finding summary{grid-template-columns:minmax(0,1fr) auto 1rem;gap:.1875rem .75rem}
.finding .what{grid-column:1/-1;grid-row:2}
.finding summary .spread{grid-column:1/-1;grid-row:3}
#controls select{max-width:none}
#controls label:has(select){flex:1 1 8rem}
}
@media print{
body{background:#fff;font-size:11px}
main,.top,footer{max-width:none;padding-left:0;padding-right:0}
.js .js-only,#controls,#theme,#more,.skip{display:none!important}
.card,#list{border-radius:0}
.card,.rotate li,.places li,.bars li{break-inside:avoid}
.finding{content-visibility:visible;break-inside:auto}
.finding summary{break-after:avoid}
.finding summary::after{display:none}
details.finding::details-content{content-visibility:visible;block-size:auto}
.out::after{content:" (" attr(href) ")";font-weight:400;font-size:.75em}
.go .out{border:0;white-space:normal}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`
