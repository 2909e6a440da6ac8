import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { batchResult, productList } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, LargeBody, Permission, type Operator } from '@concentric/service-kit';
import { IntakeService } from '../intake/intake.service';
import { ProductBatchDto, ProductListDto, ProductsDto } from './product.dto';
import { ProductService } from './product.service';

@ApiTags('products')
@Controller('brands/:brandId/products')
export class ProductController {
  constructor(
    private readonly intake: IntakeService,
    private readonly products: ProductService,
  ) {}

  @Post('batch')
  @HttpCode(200)
  @Permission('commerce.product.write')
  @LargeBody()
  @ApiBody({ type: ProductsDto })
  @Answers(batchResult)
  takeBatch(@IdParam('brandId') brandId: string, @Body() batch: ProductBatchDto, @CurrentOperator() operator: Operator) {
    return this.intake.take('products', brandId, batch.items, operator.id);
  }

  @Get()
  @Permission('commerce.product.read')
  @Answers(productList)
  list(@IdParam('brandId') brandId: string, @Query() query: ProductListDto) {
    return this.products.list(brandId, query);
  }
}
