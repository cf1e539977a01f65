/** The look of the opened page: the station's colours, a list on the left, one thing on the right. Prints without the frame. */
export const STYLE = `
*{box-sizing:border-box}
html,body{height:100%;margin:0}
body{font:15px/1.5 "Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;color:rgba(0,0,0,.88);background:#f5f5f5;font-variant-numeric:tabular-nums}
#app{height:100%;display:flex;flex-direction:column}
h1,h2,h3,h4,p{margin:0}h1{font-size:20px;line-height:1.3}h2{font-size:24px;line-height:1.3}h3{font-size:16px;margin:0 0 8px}h4{font-size:14px;font-weight:600;margin:8px 0 6px;color:#595959}
a{color:#0958d9;text-decoration:none}a:hover{text-decoration:underline}
header{display:flex;align-items:center;gap:20px;background:#fff;border-bottom:1px solid #d9d9d9;padding:10px 24px;flex:none}
.whose{min-width:0;flex:1}.whose p{color:#595959;font-size:13px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.rehearsal{background:#fffbe6;color:#874d00;border:1px solid #ad6800;border-radius:6px;padding:3px 10px;font-size:13px;white-space:nowrap}
nav{display:flex;gap:4px;white-space:nowrap}nav a{padding:7px 14px;border-radius:6px;color:rgba(0,0,0,.88);font-size:16px}nav a:hover{background:#f0f0f0;text-decoration:none}nav a.on{background:#e6f4ff;color:#0958d9;font-weight:700}
button,select,input{font:inherit;height:36px;border:1px solid #8c8c8c;border-radius:6px;background:#fff;color:inherit;padding:0 12px}
button{cursor:pointer}button:hover{border-color:#0958d9;color:#0958d9}button[disabled]{color:#8c8c8c;border-color:#d9d9d9;cursor:default}
button.main{background:#0958d9;border-color:#0958d9;color:#fff;min-width:96px;font-weight:700}
:focus-visible{outline:2px solid #0958d9;outline-offset:1px}
.notice{flex:none;background:#fffbe6;color:#874d00;border-bottom:1px solid #ad6800;padding:6px 24px}.notice.bad{background:#fff1f0;color:#cf1322;border-color:#ff7875}
.bad{color:#cf1322}.good{color:#237804}.look{color:#874d00}.none,small,.count{color:#595959}small{font-size:13px}
main{flex:1;min-height:0;display:flex}
footer{flex:none;background:#fff;border-top:1px solid #d9d9d9;color:#595959;font-size:13px;padding:4px 24px}
aside{width:340px;flex:none;display:flex;flex-direction:column;background:#fff;border-right:1px solid #d9d9d9;min-height:0}
.find{display:flex;flex-wrap:wrap;gap:8px;align-items:center;padding:12px 14px;border-bottom:1px solid #d9d9d9}.find input{width:100%}.find select{flex:1;min-width:0}.count{font-size:13px;white-space:nowrap}
section>h3,div>h3{margin-top:14px}section>h3:first-child,div>h3:first-child{margin-top:0}
.list{flex:1;overflow-y:auto;min-height:0;position:relative}.rows{position:relative}
.row{display:block;width:100%;padding:7px 14px;border:0;border-bottom:1px solid #f0f0f0;border-radius:0;text-align:left;color:inherit;background:#fff;height:auto}
.row>span{display:flex;justify-content:space-between;align-items:center;gap:8px}
.rows .row{position:absolute;height:60px}.row:hover{background:#fafafa;text-decoration:none;color:inherit}.row.on{background:#e6f4ff;box-shadow:inset 3px 0 #0958d9}
.row small:first-child{flex:1}.row small{min-width:0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.badge{font-size:13px;border:1px solid #d9d9d9;border-radius:4px;padding:0 7px;white-space:nowrap;background:#fafafa;color:#595959}
.badge.admitted,.badge.passed{background:#f6ffed;border-color:#95de64;color:#237804}.badge.by-hand,.badge.held,.badge.not-confirmed{background:#fffbe6;border-color:#ad6800;color:#874d00}.badge.refused,.badge.failed,.badge.irregular,.badge.void{background:#fff1f0;border-color:#ff7875;color:#cf1322}
.result.passed,.outcome.admitted,.outcome.readmitted,.outcome.admitted-by-hand,.outcome.readmitted-by-hand{color:#237804}.result.failed,.result.irregular,.result.void,.outcome.refused,.outcome.held{color:#cf1322}.result.not-confirmed,.outcome.set-aside{color:#874d00}
.detail{flex:1;overflow-y:auto;min-width:0;padding:16px 24px 32px}
.detail.wide>*{max-width:1180px;margin:0 auto 16px}
article,.detail>details{background:#fff;border:1px solid #d9d9d9;border-radius:8px;padding:16px 20px}
article>section,article>div,article>details{margin-top:20px}article>.name{margin-top:0}
.name+.film{margin-top:12px}.name{display:flex;flex-wrap:wrap;align-items:center;gap:6px 10px}.name p{width:100%;color:#595959}
.triangle{display:grid;grid-template-columns:auto 1fr auto 1fr auto 1fr;align-items:center;gap:0 10px;margin-bottom:14px}
figure{margin:0;width:128px;text-align:center}figure img,.no-picture{width:128px;height:160px;object-fit:cover;border-radius:6px;border:1px solid #d9d9d9;display:flex;align-items:center;justify-content:center;background:#fafafa;color:#595959;font-size:13px;padding:0}
.no-picture{padding:8px}figcaption{font-size:13px;color:#595959}
.edge{text-align:center;border-top:4px solid #d9d9d9;padding-top:6px;min-width:0}.edge b{font-size:13px;font-weight:400;color:#595959;display:block}.edge span{font-weight:700;display:block;white-space:nowrap}.edge small{display:block}
.edge.pass{border-color:#237804}.edge.pass span{color:#237804}.edge.near{border-color:#ad6800}.edge.near span{color:#874d00}.edge.fail{border-color:#cf1322}.edge.fail span{color:#cf1322}.edge.not-done{border-top-style:dashed}.edge.not-done span{color:#595959}
table{border-collapse:collapse;width:100%;font-size:14px}th{font-size:13px;color:#595959;font-weight:600;text-align:left;border-bottom:2px solid #d9d9d9;padding:4px 10px 4px 0}td{border-bottom:1px solid #f0f0f0;padding:5px 10px 5px 0;vertical-align:top;overflow-wrap:anywhere}
td:first-child,td:nth-child(2){white-space:nowrap}img.small{height:72px;border-radius:4px;display:block}
.paper{display:inline-block;border:1px solid #f0f0f0;border-radius:4px;background:#fff}.writing{width:120px;height:56px;display:block}.writing polyline{fill:none;stroke:#1f1f1f;stroke-width:18;stroke-linecap:round;stroke-linejoin:round}
.screen{position:relative;background:#1f1f1f;border-radius:6px;aspect-ratio:16/9;max-height:420px;overflow:hidden;cursor:pointer;max-width:746px}
.screen video{position:absolute;inset:0;width:100%;height:100%;opacity:0}.screen video.shown{opacity:1}
.bar{position:relative;height:22px;background:#f0f0f0;border-radius:4px;margin-top:10px;cursor:pointer;overflow:hidden}
.bar span{position:absolute;top:0;bottom:0}.bar .there{background:#69b1ff}.bar .gap{background:repeating-linear-gradient(45deg,#cf1322 0 3px,#ffccc7 3px 8px);opacity:.75}.bar .lost{background:#cf1322}.bar .moment{background:#1f1f1f;width:2px}
.needle{position:absolute;top:-2px;bottom:-2px;width:3px;background:#fa8c16;box-shadow:0 0 0 1px #fff;pointer-events:none}
.ends{display:flex;justify-content:space-between;font-size:12px;color:#595959}
.keys,.moments{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin-top:6px}.now{font-size:18px;margin-left:6px}.skipped{color:#874d00;font-size:14px}.moments button{height:28px;font-size:13px;padding:0 8px}
details summary{cursor:pointer;font-weight:600;padding:2px 0}pre{margin:6px 0;white-space:pre-wrap;font-size:13px;background:#fafafa;padding:8px;border-radius:4px}
main.journal{display:block;overflow-y:auto;padding:0 24px 32px;background:#fff}.journal .find{position:sticky;top:0;background:#fff;padding:12px 0;z-index:1}.journal .find input{width:420px}.journal .find select{flex:none}
.journal td:last-child{width:46%;font-size:13px}.journal td summary{font-weight:400;font-family:ui-monospace,Consolas,monospace}
@media print{html,body,#app,main,.detail{height:auto;display:block;overflow:visible}aside,nav,.language,.film .keys,.moments,.screen{display:none}article{border:0;padding:0}body{background:#fff}}
`;
