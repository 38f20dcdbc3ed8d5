"""Phrases of the sample report. Everything about the firm is invented."""

EN = {
    "firm": "Harbour Precision Castings Ltd",
    "remark": "We would like to start with the two quick measures <before> the summer break & report back.",
    "title": "Services and R&D: where the firm stands and what to decide",
    "subtitle": "Board report on the self-assessment of service functions, sourcing and research",
    "labels": """Service Dilemma Check
        Contents
        Page {page} of {pages}
        Figure
        Table
        Self-assessed, not validated
        Confidential
        Prepared for
        :""",
    "fact_names": """Sector
        Size
        Answered
        Data grade""",
    "fact_values": """Fabricated metal products
        310 people, medium (China rules)
        46 of 48 questions, 4 roles
        B, management accounts""",
    "shorts": """Decision
        Placement
        D1 Processing
        D2 Service effort
        D3 Interaction
        Service functions
        Trends
        Plan
        Answers
        Method""",
    "levels": """None
        Emerging
        Pronounced
        Acute""",
    "dilemmas": """Processing-dominated position
        Low and unspecialised service investment
        Weak interaction with service firms""",
    "severity": "Severity (0 = none, 100 = full)",
    "points": "{0} · adds {1} points",
    "unanswered": "Not answered",
    "kicker_board": "FOR DECISION",
    "headline_board": " works to others’ drawings and deals with service firms at arm’s length",
    "board": "Weak interaction with service providers is the board matter. It holds back the move out of contract processing, because design, testing and after-sales know-how sits outside the firm and is bought job by job.",
    "tile_labels": """Processing-dominated
        Service investment
        Interaction
        Weight answered""",
    "tile_notes": """Pronounced: plan within 12 months
        Emerging: watch, fix cheap items
        Acute: board matter
        Of the weights behind the three levels""",
    "decision_title": "Decisions requested from the board",
    "decisions": """Approve a two-year research agreement with one institute, up to <b>CNY 1.8 million</b>, with a gate after six months.
        Name the head of operations as owner of service sourcing, with a yearly plan shared with the five largest providers.
        Hold the own-brand line until two design-for-manufacture offers have been won.""",
    "findings": """<b>What was found:</b> 82 % of product revenue comes from customers’ drawings, and five of six decisions about the product are taken by customers.
        <b>What it means:</b> price is the main reason to buy; margin and bargaining power stay low while key knowledge is elsewhere.
        <b>What helps first:</b> three quick measures cost under 20 days each and need no new money.""",
    "kicker_map": "01 · PLACEMENT",
    "headline_map": "Interaction is acute, processing pronounced, service effort emerging",
    "map": "Each dilemma is placed from 0 to 100. The diamond is the firm; the band shows how far the place could move if the unsure answers were different. A level counts as borderline when its band crosses a dashed line.",
    "map_figure_caption": "Placement of the firm against the three dilemmas. Diamond: the firm. Band: range left open by unsure answers. Dashed lines: limits between levels.",
    "map_figure_alt": "Weak interaction 78, acute; processing 62, pronounced; service investment 47, emerging.",
    "map_table_title": "Placement, how sure it is, and what it asks for",
    "map_heads": """Dilemma
        Level
        Range
        How sure
        What it asks for""",
    "sure": """Sure
        Borderline
        Fairly sure""",
    "meanings": """Plan within 12 months: move up from drawings to design with the largest customers
        Watch; raise two neglected functions to a named owner
        Board matter: replace spot buying by agreements with shared targets""",
    "how_title": "How to read the levels",
    "how": """<b>None</b> keep · <b>emerging</b> watch and fix cheap items · <b>pronounced</b> plan within 12 months · <b>acute</b> board matter.
        All numbers come from the firm’s own answers. Limits and weights are assumptions and are listed in the appendix.""",
    "kicker1": "03 · DILEMMA 1",
    "kicker2": "04 · DILEMMA 2",
    "kicker3": "02 · DILEMMA 3",
    "dilemma1": "Four fifths of revenue follow customers’ drawings, and the core technology is theirs",
    "dilemma2": "Service effort is adequate in total, yet spread over functions nobody specialises in",
    "dilemma3": "Providers are hired job by job; nothing is planned or developed together",
    "reading1": "Dependence on drawings and missing control explain more than half of the severity. Gross margin of 17 % is in the range expected for contract work.",
    "reading2": "The firm does most services itself, and six of the twelve are done on the side. R&D reaches two thirds of the sector reference.",
    "reading3": "Spot orders make up 74 % of outside service spend. There is no project with a university or institute, and forecasts are sent but not discussed.",
    "components1": """Contract dependence
        Control of specification, price and channel
        Source of core technology
        Length of the chain
        Value added
        Customer dependence""",
    "components2": """Bought services
        Service effort
        Self-service without specialists
        Neglected functions
        R&D against sector
        Share of new offers
        Price competition""",
    "components3": """Few professional providers
        Transactional contracts
        Research alliances
        Joint planning and sharing
        Funding constraint
        Thin ecosystem""",
    "drivers_figure_caption": "Severity of each component and points added to the dilemma. Dark line: range of an unsure answer; dashed grey line: not answered.",
    "drivers_figure_alt": "The first two components are acute at 82 and 75; one was not answered.",
    "drivers_title": "The heaviest components, what they look like and what good looks like",
    "driver_heads": """Component
        The firm
        Level
        What it looks like
        What good looks like""",
    "symptom": "Each order is priced afresh; knowledge leaves with the provider",
    "better": "Agreements over several years with targets both sides measure",
    "driver_note": "The firm’s numbers are its own answers for 2025. Anchors and weights: assumed, see the method.",
    "source_title": "What the source says",
    "source": "The paper links weak ties between manufacturers and service firms to missing professional institutions and to firms that keep services in-house or lack the funds to buy them (P 3.3).",
    "kicker_functions": "05 · SERVICE FUNCTIONS",
    "headline_functions": "Twelve functions are run inside, six of them on the side; four are bought",
    "functions_text": "More outsourcing is not better in itself. What counts is who does the work, how it is set up, and whether a needed function is done at all. Core functions are in bold.",
    "functions_figure_caption": "Yearly spend inside (left) and outside (right), and how each function is set up (0 to 4 dots). Bold: core functions.",
    "functions_figure_alt": "R&D 3.2 inside; logistics 2.1 outside; energy services needed but not done.",
    "inside": "Inside",
    "outside": "Outside",
    "setup": "Set-up",
    "spend": "Yearly spend, CNY million",
    "modes": """Not needed
        Not done
        Inside
        Both
        Outside""",
    "setups": """On the side
        Named person
        Dedicated
        Measured
        Improved""",
    "functions": """Research, development
        Product design
        Testing, certification
        IT and software
        Procurement
        Transport
        Warehousing
        Personnel
        Training
        Accounting, tax
        Finance, insurance
        Legal and IP
        Marketing, brand
        Sales, e-commerce
        After-sales
        Customer support
        Energy, environment""",
    "corridor_title": "Outside share of support functions: 31 %",
    "corridor": "The share lies inside the corridor shown for firms of this size. It is context, not a target: secrecy, core work and small volumes are good reasons to stay inside.",
    "kicker_trends": "06 · TRENDS",
    "headline_trends": "The firm is further along in shared services than in selling outcomes",
    "trends_text": "The nine trends of the two sources are shown apart from the dilemmas and never mixed with them: a firm may be far along a trend and still have a dilemma, or the other way round.",
    "trends_figure_caption": "Position on each trend. Diamond: the firm; band: range; dashed: not answered.",
    "trends_figure_alt": "Talent and living facilities 63 is the furthest; outcome selling 18 the earliest.",
    "position": "Position (0 = early, 100 = far along)",
    "early": "Early",
    "far": "Far along",
    "trends": """Services among inputs
        Services among outputs
        Outsourcing of services
        Products turn into services
        Clusters and shared services
        Experience over the life cycle
        Digital integration
        Global value chains
        Talent and living facilities""",
    "trend_points": """<b>Furthest:</b> housing and transport near the site help to hire designers and testers.
        <b>Earliest:</b> no customer pays for an outcome; the paid services are spares and repair.
        <b>Open:</b> the share of services in product price was not answered; the accounts department can tell.""",
    "kicker_plan": "07 · PLAN",
    "headline_plan": "Seven measures over 27 months: three quick, three to build, one strategic",
    "plan": "Measures are ranked by the severity they can relieve for their effort. The load stays within what a firm of this size can carry: one large and two medium measures at a time.",
    "plan_figure_caption": "Measures over the months after the report date.",
    "plan_figure_alt": "Three quick measures end by month 4; the joint laboratory runs to month 27.",
    "months": "Months from the report date",
    "kinds": """Quick
        Build
        Strategic""",
    "measures": """Service cost ledger over the 17 functions
        Yearly planning round with key partners
        Provider scorecard and agreements over several years
        Paid project with an institute and student placements
        Design-for-manufacture offers to the three largest customers
        After-sales package: inspection, spares and repair contract
        Joint laboratory through the cluster""",
    "kpis": """Data grade A
        Plan shared with 5 providers
        Form depth 30 → 55
        One project signed
        Three redesign offers
        Ten contracts
        Own patents, level 2 → 3""",
    "owners": """CFO
        COO
        Purchasing
        CTO
        Engineering
        Service head
        CTO""",
    "plan_table_title": "Measures, indicator and owner",
    "plan_heads": """Measure
        Kind
        Months
        Indicator
        Owner""",
    "not_now_title": "Considered, not now",
    "not_now": """<b>Own-brand niche line:</b> conflict with the largest customer is unresolved; revisit after two won offers.
        <b>Outsourcing of design:</b> the firm keeps it inside for secrecy.""",
    "kicker_answers": "APPENDIX A",
    "headline_answers": "What was answered",
    "answers_title": "Answers by section",
    "answers_note": "Grade A audited, B management accounts, C estimate.",
    "answer_heads": """Code
        Question
        Answer
        Grade""",
    "sec1": "Firm and finance",
    "sec2": "Value chain and partners",
    "answers1": """I01 | Share of services in bought inputs | 11 % | B
        I02 | Service effort in conversion cost | 34 % | B
        I07 | R&D against the sector reference | 0.4 % of revenue | B
        I09 | Share of revenue from new offers | 12 % | C
        I14 | Service share of revenue | 4 % | B""",
    "answers2": """I10 | Revenue from customers’ drawings | 82 % | A
        I12 | Product decisions under own control | specification, end price: customer; channel: jointly | B
        I13 | Stages run or steered | sourcing, parts, assembly, after-sales | B
        I17 | Contract forms of outside services | spot 74 %, price list 20 %, service levels 6 % | C
        I19 | Functions with two or more providers in reach | 9 of 16 | C
        I21 | Largest customer | 38 % of revenue | A
        I26 | Wanted but unfunded projects | 1.2 million, no collateral | B""",
    "remark_label": "Remark of the workshop",
    "kicker_method": "APPENDIX B",
    "headline_method": "How the placement is made",
    "method": "Every component is read on a scale between five anchors. A dilemma is the weighted mean of its answered components, moved a little towards the worst one. Unknown answers widen the band; they are never counted as zero.",
    "method_points": """Stated in the source: the three dilemmas and the direction of each component.
        Derived: the indicators.
        Assumed: anchors, weights and limits between levels, each with a reason in the edition.""",
}

ZH = {
    "firm": "海港精密铸造有限公司",
    "remark": "希望暑期前先启动两项速效措施<先行>，并向董事会汇报。",
    "title": "服务与研发：企业现状与待决事项",
    "subtitle": "服务职能、采购方式与研发自评的董事会报告",
    "labels": """服务化困境诊断
        目录
        第 {page} 页，共 {pages} 页
        图
        表
        企业自评，未经核验
        机密
        呈送
        ：""",
    "fact_names": """行业
        规模
        作答情况
        数据等级""",
    "fact_values": """金属制品业
        310人，中型（中国标准）
        48题已答46题，4类岗位参与
        B级，管理账""",
    "shorts": """待决事项
        总体定位
        D1 加工主导
        D2 服务投入
        D3 互动不足
        服务职能
        趋势位置
        行动计划
        作答明细
        方法说明""",
    "levels": """无
        显现
        明显
        严重""",
    "dilemmas": """以加工为主的产业链地位
        服务投入偏低且不专业
        与服务企业互动薄弱""",
    "severity": "严重程度（0为无，100为最重）",
    "points": "{0}，贡献{1}分",
    "unanswered": "未作答",
    "kicker_board": "提请决策",
    "headline_board": "：按图加工，与服务企业停留在一单一结",
    "board": "与服务企业互动薄弱，应由董事会亲自过问。设计、检测和售后方面的专业能力都在企业之外，又是逐单采购，企业因此难以走出代工。",
    "tile_labels": """加工主导
        服务投入
        互动程度
        已答权重""",
    "tile_notes": """明显：12个月内列入计划
        显现：保持关注，先改小处
        严重：提交董事会
        三项定级所依据权重中已作答部分""",
    "decision_title": "提请董事会决定",
    "decisions": """批准与一家研究院所签订两年期研发协议，上限<b>人民币180万元</b>，满六个月时评估去留。
        由运营负责人统管服务采购，每年与前五大服务商共同制定计划。
        在拿下两个“面向制造的设计”订单之前，暂缓推出自主品牌。""",
    "findings": """<b>发现：</b>82 %的产品收入来自来图加工，六项产品决策中有五项由客户说了算。
        <b>含义：</b>客户主要看价格下单；关键技术不在手里，毛利和议价能力就上不去。
        <b>先做什么：</b>三项速效措施各需不到20个工作日，不用新增资金。""",
    "kicker_map": "01 · 总体定位",
    "headline_map": "互动薄弱已属严重，加工主导明显，服务投入不足开始显现",
    "map": "每项困境按0至100定位。菱形代表本企业；色带表示若不确定的答案有所变化，位置可能移动的范围。色带跨过虚线时，该等级视为临界。",
    "map_figure_caption": "本企业在三项困境上的位置。菱形：本企业；色带：不确定答案留下的范围；虚线：等级界线。",
    "map_figure_alt": "互动薄弱78，严重；加工主导62，明显；服务投入47，显现。",
    "map_table_title": "定位、把握程度与应对要求",
    "map_heads": """困境
        等级
        范围
        把握程度
        应对要求""",
    "sure": """有把握
        临界
        较有把握""",
    "meanings": """12个月内列入计划：与大客户合作，从来图加工走向协同设计
        保持关注；为两项被忽视的职能指定负责人
        提交董事会：以设定共同目标的长期协议取代零散采购""",
    "how_title": "等级怎么看",
    "how": """<b>无</b>：保持；<b>显现</b>：关注并先改小处；<b>明显</b>：12个月内列入计划；<b>严重</b>：提交董事会。
        全部数字来自企业自己的回答。界线与权重属于假定，详见附录。""",
    "kicker1": "03 · 困境一",
    "kicker2": "04 · 困境二",
    "kicker3": "02 · 困境三",
    "dilemma1": "五分之四的收入按客户图纸生产，核心技术也在客户手中",
    "dilemma2": "服务投入总量尚可，但分散在无人专管的职能上",
    "dilemma3": "服务商逐单雇用，双方既不共同计划，也不共同开发",
    "reading1": "来图依赖与决策权缺失解释了一半以上的严重程度。毛利率17 %，与代工业务的一般水平相符。",
    "reading2": "多数服务由企业自己做，十二项中有六项是兼做。研发投入为行业参考值的三分之二。",
    "reading3": "外购服务支出的74 %是零散订单。企业与高校、院所没有合作项目，预测只是发给对方，没有讨论。",
    "components1": """来图加工依赖
        规格、定价与渠道的控制力
        核心技术来源
        产业链长度
        附加值
        客户集中度""",
    "components2": """外购服务占比
        服务投入强度
        非专业的自我服务
        被忽视的职能
        研发与行业之比
        新产品收入占比
        价格竞争""",
    "components3": """专业服务商偏少
        一单一结的合同
        产学研合作
        共同计划与收益共享
        资金约束
        周边服务资源不足""",
    "drivers_figure_caption": "各组成部分的严重程度及对困境的贡献分。深色细线：不确定答案的范围；灰色虚线：未作答。",
    "drivers_figure_alt": "前两项达到严重，分别为82和75；一项未作答。",
    "drivers_title": "影响最大的组成部分：表现与改进方向",
    "driver_heads": """组成部分
        本企业
        等级
        表现
        改进方向""",
    "symptom": "每单重新议价，经验随服务商一起流失",
    "better": "签订多年协议，双方共同考核目标",
    "driver_note": "本企业数据为2025年自报数。锚点与权重均为假定，见方法说明。",
    "source_title": "文献怎么说",
    "source": "论文认为，制造企业与服务企业联系松散，一方面因为专业服务机构不足，另一方面因为企业把服务留在内部，或者无力购买（P 3.3）。",
    "kicker_functions": "05 · 服务职能",
    "headline_functions": "十二项职能自办，其中六项为兼做；四项外购",
    "functions_text": "外包并非越多越好。要看由谁来做、怎样设置，以及需要的职能是否真的有人做。粗体为核心职能。",
    "functions_figure_caption": "各职能每年的内部支出（左）与外部支出（右），以及设置水平（0至4点）。粗体：核心职能。",
    "functions_figure_alt": "研发内部支出320万元；运输外部支出210万元；节能环保需要但未做。",
    "inside": "内部",
    "outside": "外部",
    "setup": "设置水平",
    "spend": "年支出（百万元）",
    "modes": """不需要
        未开展
        内部
        内外兼有
        外部""",
    "setups": """兼做
        专人负责
        专职队伍
        有考核
        持续改进""",
    "functions": """研究与开发
        产品设计
        检测认证
        信息技术
        采购计划
        运输配送
        仓储
        人力资源
        培训
        会计税务
        融资保险
        法律与知识产权
        市场与品牌
        销售与电商
        售后服务
        客户支持
        节能环保""",
    "corridor_title": "支持性职能的外部支出占比：31 %",
    "corridor": "该占比处于同规模企业的参考区间之内。它只是背景信息，不是目标：涉密、核心业务和业务量小，都是留在内部的正当理由。",
    "kicker_trends": "06 · 趋势位置",
    "headline_trends": "企业在共享服务上走得较远，在按效果收费上刚起步",
    "trends_text": "两份文献中的九个趋势与三项困境分开列示，互不混合：企业可能在某一趋势上走得很远，却仍陷于困境，反之亦然。",
    "trends_figure_caption": "在各趋势上的位置。菱形：本企业；色带：范围；虚线：未作答。",
    "trends_figure_alt": "人才与生活配套63最靠前；产品转为服务18最靠后。",
    "position": "位置（0为起步，100为领先）",
    "early": "起步",
    "far": "领先",
    "trends": """投入服务化
        产出服务化
        服务外包
        产品转为服务
        集群与共享服务
        全生命周期体验
        数字化融合
        全球价值链
        人才与生活配套""",
    "trend_points": """<b>走得最远：</b>厂区附近有住房和交通，便于招聘设计与检测人员。
        <b>刚刚起步：</b>没有客户按效果付费，收费服务只有备件和维修。
        <b>尚待补充：</b>产品价格中所含服务的占比未作答，可请财务部门提供。""",
    "kicker_plan": "07 · 行动计划",
    "headline_plan": "27个月内七项措施：三项速效、三项建设、一项战略",
    "plan": "措施按“可缓解的严重程度与所需投入之比”排序。总负荷控制在同规模企业可承受的范围内：同期至多一项大型、两项中型措施。",
    "plan_figure_caption": "报告日之后各月的措施安排。",
    "plan_figure_alt": "三项速效措施在第4个月前完成；共建实验室持续到第27个月。",
    "months": "距报告日的月数",
    "kinds": """速效
        建设
        战略""",
    "measures": """建立17项服务职能的成本台账
        与重点合作方开展年度联合计划
        服务商评分卡与多年期协议
        与院所开展付费项目并接收实习生
        向三大客户提出面向制造的设计方案
        售后服务包：点检、备件与维修合同
        依托集群共建实验室""",
    "kpis": """数据等级达到A级
        与5家服务商共享计划
        合同深度30 → 55
        签约一个项目
        三份再设计方案
        十份合同
        自有专利，水平2 → 3""",
    "owners": """财务总监
        运营总监
        采购
        技术总监
        工程
        服务负责人
        技术总监""",
    "plan_table_title": "措施、指标与负责人",
    "plan_heads": """措施
        类型
        月份
        指标
        负责人""",
    "not_now_title": "已考虑，暂不实施",
    "not_now": """<b>自主品牌细分产品：</b>与最大客户的利益冲突尚未解决，拿下两个设计订单后再议。
        <b>设计外包：</b>出于保密，企业选择留在内部。""",
    "kicker_answers": "附录A",
    "headline_answers": "作答明细",
    "answers_title": "各部分的回答",
    "answers_note": "A级：经审计；B级：管理账；C级：估计。",
    "answer_heads": """编号
        问题
        回答
        等级""",
    "sec1": "企业与财务",
    "sec2": "价值链与合作方",
    "answers1": """I01 | 外购投入中服务的占比 | 11 % | B
        I02 | 服务投入占转换成本 | 34 % | B
        I07 | 研发投入与行业参考值之比 | 占收入0.4 % | B
        I09 | 新产品收入占比 | 12 % | C
        I14 | 服务收入占比 | 4 % | B""",
    "answers2": """I10 | 来图加工收入占比 | 82 % | A
        I12 | 自主决定的产品事项 | 规格、售价：客户；渠道：共同 | B
        I13 | 自营或主导的环节 | 采购、零件、装配、售后 | B
        I17 | 外购服务的合同形式 | 零散74 %，价目表20 %，服务水平协议6 % | C
        I19 | 有两家以上服务商可选的职能 | 16项中的9项 | C
        I21 | 最大客户 | 占收入38 % | A
        I26 | 想做但缺资金的项目 | 120万元，无抵押物 | B""",
    "remark_label": "研讨会备注",
    "kicker_method": "附录B",
    "headline_method": "定位是怎样得出的",
    "method": "每个组成部分按五个锚点换算。一项困境取已答部分的加权平均，并略向最重的一项靠拢。未知答案只会放宽范围，绝不按零计算。",
    "method_points": """文献明示：三项困境及各组成部分的方向。
        由文献推导：各项指标。
        我们假定：锚点、权重与等级界线，均在题库版本中逐条说明理由。""",
}

PHRASES = {"en": EN, "zh": ZH}
